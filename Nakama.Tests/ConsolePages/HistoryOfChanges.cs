using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Nakama.Console.Accounts;
using Nakama.Console.Editing;
using Nakama.Console.Groups;
using Nakama.Console.History;
using Nakama.Console.Storage;

namespace Nakama.Tests.ConsolePages;

public sealed class HistoryOfChanges : PageContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";
    private const string List = "GET /v2/console/history?limit=50";
    private const string Entry = """
        {"id": "e", "time": "2026-05-04T10:20:30Z", "kind": "object", "key": "saves/a%2Fb/00000000-0000-0000-0000-000000000000", "operator": "<b>ann</b>",
         "action": "write", "changed": ["value", "<i>"], "existed_before": true, "existed_after": true}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_page_is_loading_then_lists_changes_and_shows_the_difference_of_one()
    {
        SignInOperator();
        var page = Render<HistoryPage>();
        Assert.NotEmpty(page.FindAll("[aria-label=Loading]"));

        AnswersTo["GET /v2/console/history/e"] = Detail("""{"level": 1}""", $$"""{"level": 2, "name": "{{Hostile}}"}""");
        NodeAnswers($$"""{"entries": [{{Entry}}], "next_cursor": "more"}""");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#history tbody tr")), Patience);
        var row = page.Find("#history tbody tr");
        Assert.Contains("Storage object written: value, <i>", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>ann</b>", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("storage/saves/a%2Fb/00000000-0000-0000-0000-000000000000?tab=history", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("2026-05-04 10:20:30 UTC", row.QuerySelector("time")!.GetAttribute("title"), StringComparison.Ordinal);

        row.Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".diff")), Patience);
        Assert.Contains("\"level\": 1", page.Find(".diff-removed").TextContent, StringComparison.Ordinal);
        Assert.Contains("\"level\": 2", page.Find(".diff-added").TextContent, StringComparison.Ordinal);
        Assert.Contains(Hostile, page.Find(".diff").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("img"));
        Assert.NotEmpty(page.FindAll(".change-revert"));
    }

    [Fact]
    public void Filters_are_part_of_the_address_and_can_be_cleared()
    {
        SignInOperator();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/history?kind=wallet&user=ann&after=2026-05-01&before=2026-05-02");
        NodeAnswers("{}");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Contains("No change is found by this.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["GET /v2/console/history?kinds=wallet&operator=ann&after=2026-05-01T00%3A00%3A00Z&before=2026-05-03T00%3A00%3A00Z&limit=50"], Requests);

        page.Find(".empty button").Click();
        Assert.EndsWith("/history", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_told_and_so_is_that_there_is_nothing()
    {
        SignInOperator();
        NodeAnswers("""{"code": 14, "message": "Not now."}""", HttpStatusCode.ServiceUnavailable);
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Contains("Not now.", page.Markup, StringComparison.Ordinal), Patience);

        AnswersTo[List] = (HttpStatusCode.OK, "{}");
        page.Find("section button").Click();
        page.WaitForAssertion(() => Assert.Contains("Nobody has changed anything here", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Without_a_right_to_any_kind_the_page_asks_nothing()
    {
        SignInOperator(mayEverything: false);
        Assert.Contains("Unauthorized", Render<HistoryPage>().Markup, StringComparison.Ordinal);
        Assert.Empty(Requests);
    }

    [Fact]
    public void A_change_that_cannot_be_reverted_says_why_and_one_that_may_not_has_no_button()
    {
        SignInOperator();
        AnswersTo["GET /v2/console/history/e"] = Detail("{}", null, refusal: "A deleted account cannot be restored.");
        AnswersTo["GET /v2/console/history/f"] = Detail("{}", """{"a": 1}""", mayRevert: false);

        var refused = Render<ChangeDetails>(parts => parts.Add(part => part.EntryId, "e"));
        refused.WaitForAssertion(() => Assert.Contains("A deleted account cannot be restored.", refused.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(refused.FindAll(".change-revert"));
        var denied = Render<ChangeDetails>(parts => parts.Add(part => part.EntryId, "f"));
        denied.WaitForAssertion(() => Assert.NotEmpty(denied.FindAll(".diff")), Patience);
        Assert.Empty(denied.FindAll(".change-revert"));
    }

    [Fact]
    public void A_state_that_was_too_large_and_a_password_are_explained()
    {
        SignInOperator();
        AnswersTo["GET /v2/console/history/e"] = (HttpStatusCode.OK, """
            {"entry": {"id": "e", "kind": "account", "is_password_changed": true}, "before": {"exists": true, "json": "{\"too_large\": {\"bytes\": 300000}}"},
             "after": {"exists": true, "json": "{}", "is_complete": true}, "may_revert": true}
            """);
        var details = Render<ChangeDetails>(parts => parts.Add(part => part.EntryId, "e"));
        details.WaitForAssertion(() => Assert.Contains("too large to be kept", details.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("Passwords are not kept.", details.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_of_two_operators_sees_what_the_first_has_done_before_it_is_undone()
    {
        SignInOperator();
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        AnswersTo[List] = (HttpStatusCode.OK, $$"""{"entries": [{{Entry}}]}""");
        AnswersTo["GET /v2/console/history/e"] = Detail("""{"level": 1}""", """{"level": 2}""");
        AnswersTo["GET /v2/console/history/e?with_present=true"] = Detail("""{"level": 1}""", """{"level": 2}""", present: """{"level": 3}""");
        AnswersTo["POST /v2/console/history/e/revert"] = (HttpStatusCode.Conflict, """{"code": 10, "message": "This was changed since: level."}""");
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#history tbody tr")), Patience);
        page.Find("#history tbody tr").Click();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".change-revert")), Patience);
        page.Find(".change-revert").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#confirm")), Patience);
        Assert.DoesNotContain(Requests, static request => request.StartsWith("POST", StringComparison.Ordinal));

        host.Find("#confirm").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#revert-conflict")), Patience);
        Assert.Contains("\"level\": 3", host.Find(".diff-added").TextContent, StringComparison.Ordinal);
        Assert.Equal("Revert anyway", host.Find("#confirm").TextContent.Trim());
        Assert.DoesNotContain("force", Assert.Single(Bodies), StringComparison.Ordinal);

        AnswersTo["POST /v2/console/history/e/revert"] = (HttpStatusCode.OK, """{"id": "r"}""");
        host.Find("#confirm").Click();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#confirm")), Patience);
        Assert.Contains("\"present_digest\":\"d\"", Bodies[^1], StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(2, Requests.Count(static request => request == List)), Patience);
    }

    [Fact]
    public void A_player_that_is_gone_has_a_link_to_the_history_and_still_shows_it()
    {
        SignInOperator();
        NodeAnswers("""{"code": 5, "message": "Account not found."}""", HttpStatusCode.NotFound);
        AnswersTo["GET /v2/console/history?kinds=account&kinds=wallet&kinds=ledger&key=p&limit=50"] =
            (HttpStatusCode.OK, """{"entries": [{"id": "e", "kind": "account", "key": "p", "action": "delete", "operator": "ann"}]}""");

        var profile = Render<PlayerPage>(parts => parts.Add(part => part.Id, "p"));
        profile.WaitForAssertion(() => Assert.Equal("players/p?tab=history", profile.Find("#to-history").GetAttribute("href")), Patience);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/players/p?tab=history");
        var history = Render<PlayerPage>(parts => parts.Add(part => part.Id, "p"));
        history.WaitForAssertion(() => Assert.Contains("Account deleted", history.Find("#player-history").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_group_and_an_object_that_are_gone_still_show_their_history()
    {
        const string owner = "11111111-1111-4111-8111-111111111111";
        SignInOperator();
        NodeAnswers("""{"code": 5, "message": "Not found."}""", HttpStatusCode.NotFound);
        AnswersTo["GET /v2/console/history?kinds=group&kinds=members&key=g&limit=50"] = (HttpStatusCode.OK, """{"entries": [{"id": "e", "kind": "group", "key": "g", "action": "delete", "operator": "ann"}]}""");
        AnswersTo[$"GET /v2/console/history?kinds=object&key=a%252Fb%2Fk%2F{owner}&limit=50"] = (HttpStatusCode.OK, """{"entries": [{"id": "e", "kind": "object", "action": "delete", "operator": "ann"}]}""");

        Services.GetRequiredService<NavigationManager>().NavigateTo("/groups/g?tab=history");
        var group = Render<GroupPage>(parts => parts.Add(part => part.Id, "g"));
        group.WaitForAssertion(() => Assert.Contains("Group deleted", group.Find("#group-history").TextContent, StringComparison.Ordinal), Patience);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/storage/a%2Fb/k/{owner}?tab=history");
        var stored = Render<StorageObjectPage>(parts => parts.Add(part => part.Collection, "a/b").Add(part => part.Key, "k").Add(part => part.UserId, owner));
        stored.WaitForAssertion(() => Assert.Contains("Storage object deleted", stored.Find("#object-history").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData("""{"kind": "wallet", "action": "update", "changed": ["coins"]}""", "Wallet updated: coins")]
    [InlineData("""{"kind": "account", "action": "update", "is_password_changed": true}""", "Account updated: password")]
    [InlineData("""{"kind": "object", "action": "write", "existed_after": true}""", "Storage object created")]
    [InlineData("""{"kind": "members", "action": "promote", "changed": ["members"]}""", "Group members promoted")]
    [InlineData("""{"kind": "group", "action": "revert", "changed": ["name"]}""", "Group reverted: name")]
    [InlineData("""{"kind": "object", "action": "import account", "existed_before": true}""", "Storage object imported")]
    public void Changes_are_told_in_words(string entry, string words) =>
        Assert.Equal(words, HistoryText.Describe(Protocol.History.HistoryEntry.Parser.ParseJson(entry)));

    [Fact]
    public void Of_a_large_difference_the_first_lines_are_shown()
    {
        SignInOperator();
        var view = Render<DiffView>(parts => parts.Add(part => part.Before, "").Add(part => part.After, string.Join('\n', Enumerable.Range(0, 1500))));
        Assert.Equal(DiffView.MaxLines + 1, view.FindAll("tr").Count);
        Assert.Contains("500 more lines differ", view.FindAll("tr")[^1].TextContent, StringComparison.Ordinal);
        Assert.Empty(view.FindAll(".diff-removed"));
    }

    private static (HttpStatusCode, string) Detail(string before, string? after, string refusal = "", bool mayRevert = true, string? present = null) => (
        HttpStatusCode.OK,
        System.Text.Json.JsonSerializer.Serialize(new
        {
            entry = new { id = "e", kind = "object", key = "saves/k/0", @operator = "ann", action = "write", existed_before = true, existed_after = after is not null },
            before = State(before),
            after = State(after),
            present = present is null ? null : State(present),
            present_digest = present is null ? "" : "d",
            refusal,
            may_revert = mayRevert,
        }));

    private static object State(string? json) => new { exists = json is not null, json = json ?? "", is_complete = true };
}
