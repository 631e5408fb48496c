using Nakama.Server.Matches;
using Nakama.Server.Security;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Coming in with a token instead of an id.</summary>
public sealed class MatchTokenTests
{
    [Fact]
    public async Task Whoever_holds_a_token_may_come_and_the_first_one_begins_the_match()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var token = house.Get<MatchTokens>().Issue();

        var first = (await house.AskAsync(anna, Join(token)))!.Match;
        var second = (await house.AskAsync(ben, Join(token)))!.Match;
        var again = (await house.AskAsync(ben, Join(token)))!.Match;

        Assert.Equal((first.MatchId, first.MatchId), (second.MatchId, again.MatchId));
        Assert.Equal((0, 1, 2), (first.Size, second.Size, again.Size));
    }

    [Fact]
    public async Task A_token_ends_after_thirty_seconds()
    {
        using var house = new LiveHouse();
        var anna = house.Open();
        var token = house.Get<MatchTokens>().Issue();

        house.Clock.Advance(TimeSpan.FromSeconds(29));
        var inTime = await house.AskAsync(anna, Join(token));
        house.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull(inTime!.Match);
        Assert.Equal((3, "Invalid match token"), await house.RefusalAsync(anna, Join(token)));
    }

    [Fact]
    public async Task A_session_token_is_no_match_token()
    {
        using var house = new LiveHouse();
        var token = house.Get<SessionTokens>().Issue(Guid.NewGuid(), "anna", new Dictionary<string, string>()).Token;

        Assert.Equal((3, "Invalid match token"), await house.RefusalAsync(house.Open(), Join(token)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("11111111-1111-4111-8111-111111111111")]
    public async Task A_token_for_something_else_is_refused(string matchId)
    {
        using var house = new LiveHouse();
        var token = house.Get<MatchTokens>().Issue(matchId);

        Assert.Equal((3, "Invalid match token"), await house.RefusalAsync(house.Open(), Join(token)));
    }

    [Fact]
    public void A_changed_token_is_refused()
    {
        using var house = new LiveHouse();
        var tokens = house.Get<MatchTokens>();
        var token = tokens.Issue();

        Assert.NotNull(tokens.Read(token));
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token[..i] + (token[i] == 'x' ? 'y' : 'x') + token[(i + 1)..];
            Assert.Null(tokens.Read(changed));
        }
    }

    private static string Join(string token) => $$"""
        "match_join":{"token":"{{token}}"}
        """;
}
