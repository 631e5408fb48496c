using System.Net;
using Bunit;
using Nakama.Console.Accounts;
using Nakama.Console.Settings;

namespace Nakama.Tests.ConsolePages;

public sealed class PagesAndTheirStates : PageContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string TwoPlayers = """
        {"users": [{"id": "a", "username": "anna", "display_name": "Anna &amp; Co", "metadata": "{}", "online": true}, {"id": "b", "username": "ben"}],
         "total_count": 1234, "next_cursor": "next"}
        """;

    [Fact]
    public void Players_are_loading_until_the_node_answers_and_then_there()
    {
        SignInOperator();
        var page = Render<PlayersPage>();
        Assert.NotEmpty(page.FindAll("[aria-label=Loading]"));

        NodeAnswers(TwoPlayers);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("#accounts tbody tr").Count), Patience);
        Assert.Contains("Anna & Co", page.Find("#accounts tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 to 2 of 1,234", page.Find("#accounts-range").TextContent);
        Assert.False(page.Find("[aria-label='Next page']").HasAttribute("disabled"));
        Assert.True(page.Find("[aria-label='Previous page']").HasAttribute("disabled"));
        Assert.NotNull(page.Find("[aria-label='Actions for ben']"));
    }

    [Fact]
    public void No_players_is_said_in_words()
    {
        SignInOperator();
        NodeAnswers("""{"users": [], "total_count": 0, "next_cursor": ""}""");
        var page = Render<PlayersPage>();
        page.WaitForAssertion(() => Assert.Contains("There are no players yet.", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_refusal_is_shown_and_can_be_tried_again()
    {
        SignInOperator();
        NodeAnswers("""{"code": 13, "message": "The database is away."}""", HttpStatusCode.InternalServerError);
        var page = Render<PlayersPage>();
        page.WaitForAssertion(() => Assert.Contains("The database is away.", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);

        Answer = new();
        NodeAnswers(TwoPlayers);
        page.Find("[role=alert] button").Click();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("#accounts tbody tr").Count), Patience);
    }

    [Fact]
    public void An_operator_without_the_right_sees_why_and_the_node_is_not_asked()
    {
        SignInOperator(mayEverything: false);
        var page = Render<PlayersPage>();
        Assert.Contains("Unauthorized", page.Markup, StringComparison.Ordinal);
        Assert.Empty(Requests);
    }

    [Fact]
    public void A_banned_player_is_marked_and_can_be_unbanned()
    {
        SignInOperator();
        NodeAnswers("""
            {"account": {"user": {"id": "a", "username": "anna", "metadata": "{\"level\": 7}"}, "wallet": "{}", "email": "a@example.com", "devices": [{"id": "d-1"}]},
             "disable_time": "2026-01-02T03:04:05Z"}
            """);
        var page = Render<PlayerPage>(parameters => parameters.Add(part => part.Id, "a"));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#banned-tag")), Patience);
        Assert.NotNull(page.Find("#unban"));
        Assert.Empty(page.FindAll("#ban"));
        Assert.Contains("\"level\": 7", page.Find(".json").TextContent, StringComparison.Ordinal);
        Assert.Equal(["GET /v2/console/account/a"], Requests);
    }

    [Fact]
    public void Settings_are_flat_searchable_and_below_their_warnings()
    {
        SignInOperator();
        NodeAnswers("""
            {"config": "{\"name\": \"n-1\", \"socket\": {\"port\": 7350}}", "warnings": [{"field": "console.password", "message": "change this"}], "server_version": "3.40.0"}
            """);
        AnswersTo["GET /v2/console/live/setting"] = (HttpStatusCode.OK, """{"settings": [{"name": "socket.port", "kind": "file", "place": "/etc/nakama.yml"}]}""");
        var page = Render<ConfigurationPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("#settings tbody tr").Count), Patience);
        Assert.Contains("console.password", page.Find(".notice-warning").TextContent, StringComparison.Ordinal);

        page.Find("#config-search").Input("socket");
        page.WaitForAssertion(() => Assert.Equal("socket.port7350file", Assert.Single(page.FindAll("#settings tbody tr")).TextContent), Patience);
        page.Find("#config-search").Input("nothing like it");
        page.WaitForAssertion(() => Assert.Contains("No setting matches.", page.Markup, StringComparison.Ordinal), Patience);
    }
}
