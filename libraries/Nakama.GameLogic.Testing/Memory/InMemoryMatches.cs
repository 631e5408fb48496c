using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>The matches of a test host.</summary>
internal sealed class InMemoryMatches(GameTestHost host) : IMatches
{
    public async Task<string> CreateAsync(string name, IReadOnlyDictionary<string, object?>? parameters, CancellationToken cancellationToken)
    {
        var match = await host.CreateMatchAsync(name, [.. (parameters ?? new Dictionary<string, object?>()).Select(static entry => (entry.Key, entry.Value))]);
        return match.MatchId;
    }

    public Task<Match?> GetAsync(string matchId, CancellationToken cancellationToken) =>
        Task.FromResult(host.FindMatch(matchId) is { } match ? Of(match) : null);

    public Task<IReadOnlyList<Match>> ListAsync(
        int limit, bool? authoritative, string? label, int? minSize, int? maxSize, string? query, CancellationToken cancellationToken)
    {
        if (query is not null) throw new NotSupportedException("The test host does not evaluate queries over labels. List by label, or test against a server.");
        return Task.FromResult<IReadOnlyList<Match>>(
        [
            .. host.Matches
                .Where(match => authoritative != false && (label is null || match.Label == label)
                    && match.Members.Count >= (minSize ?? 0) && match.Members.Count <= (maxSize ?? int.MaxValue))
                .Take(limit).Select(Of),
        ]);
    }

    public Task<string> SignalAsync(string matchId, string data, CancellationToken cancellationToken) => host.FindMatch(matchId) is { } match
        ? match.SignalAsync(data)
        : throw new NakamaException("match_signal", $"failed to signal match: {NakamaReasons.MatchNotFound}", NakamaReasons.MatchNotFound);

    private static Match Of(TestMatch match) => new()
    {
        MatchId = match.MatchId,
        Authoritative = true,
        Label = match.Label,
        Size = match.Members.Count,
        TickRate = match.TickRate,
        HandlerName = match.HandlerName,
    };
}
