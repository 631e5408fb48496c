using Nakama.GameLogic.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IFiles"/>
internal sealed class GameFiles(GameFunctionCaller caller) : GameFunctionGroup(caller), IFiles
{
    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("file_read", [Text(path)], cancellationToken));
}
