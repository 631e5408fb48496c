using Nakama.Server.Matches;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Runs the matches of a test under the handler name <c>test</c>.</summary>
internal sealed class TestMatches : IMatchHandlerFactory
{
    private readonly Queue<TestMatch> _next = new();

    public ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken)
    {
        TestMatch? next = null;
        lock (_next)
        {
            if (name != "test" || !_next.TryDequeue(out next)) return default;
        }

        next.Context = match;
        return new(next);
    }

    public void Add(TestMatch match)
    {
        lock (_next) _next.Enqueue(match);
    }
}

internal static class TestMatchStart
{
    /// <summary>Begins a match in this house.</summary>
    public static Task<TestMatch> BeginAsync(this LiveHouse house, TestMatch match) => house.Get<MatchRegistry>().BeginAsync(match);

    public static async Task<TestMatch> BeginAsync(this MatchRegistry registry, TestMatch match, Dictionary<string, object?>? parameters = null)
    {
        var matches = new TestMatches();
        matches.Add(match);
        registry.Use([matches]);
        await registry.CreateAsync("test", parameters ?? [], CancellationToken.None);
        return match;
    }

    /// <summary>Joins and waits until that is done; the answer.</summary>
    public static async Task<Nakama.Protocol.Realtime.Envelope> JoinAsync(this LiveHouse house, Presence.ListeningSession session, TestMatch match) =>
        (await house.AskAsync(session, $$"""
            "match_join":{"match_id":"{{match.Id}}"}
            """))!;
}
