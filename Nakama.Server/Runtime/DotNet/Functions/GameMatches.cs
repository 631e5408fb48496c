using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="IMatches"/>
internal sealed class GameMatches(GameFunctionCaller caller) : GameFunctionGroup(caller), IMatches
{
    public async Task<string> CreateAsync(
        string name, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("match_create", [Text(name), Parameters(parameters)], cancellationToken));

    public async Task<Match?> GetAsync(string matchId, CancellationToken cancellationToken) =>
        SourceOrNull<Match>(await CallAsync("match_get", [Text(matchId)], cancellationToken));

    public async Task<IReadOnlyList<Match>> ListAsync(
        int limit, bool? authoritative, string? label, int? minSize, int? maxSize, string? query, CancellationToken cancellationToken) =>
        List<Match>(await CallAsync(
            "match_list",
            [
                Whole(limit), Flag(authoritative), Text(label), Whole(minSize), Whole(maxSize), Text(query),
            ],
            cancellationToken));

    public async Task<string> SignalAsync(string matchId, string data, CancellationToken cancellationToken) =>
        TextOf(await CallAsync("match_signal", [Text(matchId), Text(data)], cancellationToken));
}
