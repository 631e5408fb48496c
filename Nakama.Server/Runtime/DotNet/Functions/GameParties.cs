using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IParties"/>
internal sealed class GameParties(GameFunctionCaller caller) : GameFunctionGroup(caller), IParties
{
    public async Task<Page<Party>> ListAsync(
        int limit, bool? open, bool showHidden, string? query, string? cursor, CancellationToken cancellationToken) =>
        Page<Party>(await CallAsync("party_list", [Whole(limit), Flag(open), Flag(showHidden), Text(query), Text(cursor)], cancellationToken));
}
