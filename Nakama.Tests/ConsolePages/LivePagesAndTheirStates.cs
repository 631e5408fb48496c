using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Console.Events;
using Nakama.Console.Logs;
using Nakama.Console.Matches;
using Nakama.Console.Matchmaking;
using Nakama.Console.Parties;
using Nakama.Console.Runtime;
using Nakama.Console.Sessions;
using Nakama.Console.Settings;
using Nakama.Console.Streams;

namespace Nakama.Tests.ConsolePages;

public sealed class LivePagesAndTheirStates : PageContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Matches_are_loading_until_the_node_answers_and_then_there_with_their_hostile_labels_as_text()
    {
        SignInOperator();
        var page = Render<MatchesPage>();
        Assert.NotEmpty(page.FindAll("[aria-label=Loading]"));

        Pushes($$"""{"matches":[{"match_id":"a.node1","authoritative":true,"handler":"arena","label":"{{Hostile}}","size":3,"node":"node1"}],"total":1,"unreachable":["node2"]}""");

        page.WaitForAssertion(() => Assert.Single(page.FindAll("#matches tbody tr")), Patience);
        Assert.Equal(Hostile, page.Find("#matches .label").TextContent);
        Assert.Empty(page.FindAll("#matches img"));
        Assert.Equal("matches/a.node1", page.Find("#matches a").GetAttribute("href"));
        Assert.Contains("node2", page.Find("#unreachable").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_match_shows_state_timing_and_players_and_offers_what_can_be_done()
    {
        SignInOperator();
        Pushes($$$"""
            {"match":{"match_id":"a.node1","authoritative":true,"handler":"arena","size":1,"tick_rate":10,"code_version":"Lua 2-abc","timing":{"tick_avg_ms":1.5,"messages_in":"7","bytes_in":"2048"}},"presences":[{"session_id":"s","user_id":"u","username":"{{{Hostile}}}","node":"node1"}],"presence_count":1,"state":"{\"score\":5}","state_bytes":"11"}
            """.Trim());
        var page = Render<MatchPage>(parameters => parameters.Add(match => match.Id, "a.node1"));

        page.WaitForAssertion(() => Assert.Contains("\"score\": 5", page.Find("#match-state").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("7 (2.00 KiB)", page.Find("#match-timing").TextContent, StringComparison.Ordinal);
        Assert.Contains("Lua 2-abc", page.Find("#match-facts").TextContent, StringComparison.Ordinal);
        Assert.Contains(Hostile, page.Find("#match-presences").TextContent, StringComparison.Ordinal);
        Assert.False(page.Find("#end-match").HasAttribute("disabled"));
    }

    [Fact]
    public void A_match_that_does_not_exist_is_said_in_words()
    {
        SignInOperator();
        NodeAnswers("""{"code":5,"message":"Match not found."}""", HttpStatusCode.NotFound);
        var page = Render<MatchPage>(parameters => parameters.Add(match => match.Id, "a.node1"));
        page.WaitForAssertion(() => Assert.Contains("There is no such match, or it has ended.", page.Markup, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_ticket_shows_its_query_as_a_tree_and_the_condition_that_excludes_the_most()
    {
        SignInOperator();
        Pushes("""
            {"ticket":{"ticket":"t","query":"+properties.rank:>=9","min_count":2,"max_count":4,"presences":[{"username":"anna","user_id":"u","session_id":"s"}]},"clauses":[{"occurrence":"MUST","field":"properties.rank","kind":"range","text":"+properties.rank:>=9","lowest":9,"boost":1}],"considered":50,"steps":[{"condition":"Asks for no fewer than 2 players","excluded":0,"remaining":50},{"condition":"+properties.rank:>=9","clause":{"occurrence":"MUST","field":"properties.rank"},"excluded":49,"remaining":1}],"verdict":"Verdict of the node."}
            """.Trim());
        var page = Render<TicketPage>(parameters => parameters.Add(ticket => ticket.Ticket, "t"));

        page.WaitForAssertion(() => Assert.Equal("Verdict of the node.", page.Find("#verdict").TextContent), Patience);
        Assert.Contains("+properties.rank:>=9", page.Find("#query-tree").TextContent, StringComparison.Ordinal);
        Assert.Contains("excludes 98 %", page.Find(".funnel-worst").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_list_without_entries_says_so()
    {
        SignInOperator();
        Pushes("{}");
        Says<MatchesPage>("No match is running.");
        Says<MatchmakerPage>("Nobody waits for a match.");
        Says<PartiesPage>("There is no party.");
        Says<StreamsPage>("No stream has presences.");
        Says<SessionsPage>("Nobody is connected.");
        Says<LogsPage>("No line that the nodes still hold matches.");
        Says<EventsPage>("Nothing has happened yet.");
        Says<RuntimePage>("No node has modules.");
    }

    [Fact]
    public void Nobody_without_the_right_sees_a_live_page_and_the_node_is_not_asked()
    {
        SignInOperator(mayEverything: false);
        foreach (var markup in new[]
        {
            Render<MatchesPage>().Markup, Render<MatchmakerPage>().Markup, Render<PartiesPage>().Markup, Render<StreamsPage>().Markup,
            Render<SessionsPage>().Markup, Render<LogsPage>().Markup, Render<EventsPage>().Markup, Render<RuntimePage>().Markup,
            Render<QueryPage>().Markup, Render<UsersPage>().Markup, Render<TemplatesPage>().Markup, Render<AuditPage>().Markup,
            Render<GeneralPage>().Markup, Render<DataPage>().Markup,
        })
        {
            Assert.Contains("you do not have permission", markup, StringComparison.Ordinal);
        }

        Assert.Empty(Requests);
    }

    [Fact]
    public void Modules_show_their_functions_failures_and_the_load_that_failed()
    {
        SignInOperator();
        Pushes("""
            {"modules":[{"node":"node1","language":"Lua","version":"2-abc","load_number":2,"files":[{"path":"/m/main.lua"}],"functions":[{"kind":"rpc","name":"buy"},{"kind":"before_request","name":"AddFriends"}],"last_error":"main.lua:3: oops","failures":[{"kind":"rpc","name":"buy","count":"4","last_error":"no coins"}]}]}
            """.Trim());
        var page = Render<RuntimePage>();
        page.WaitForAssertion(() => Assert.Contains("main.lua:3: oops", page.Markup, StringComparison.Ordinal), Patience);
        foreach (var text in (string[])["version 2-abc", "buy", "AddFriends", "no coins", "/m/main.lua"]) Assert.Contains(text, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_double_click_turns_one_page_and_another_filter_ends_a_pause_and_begins_at_the_first_page()
    {
        SignInOperator();
        Pushes("""{"parties":[{"party_id":"p.node1","size":1}],"total":2,"next_cursor":"n"}""");
        var page = Render<PartiesPage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#parties tbody tr")), Patience);
        var pager = page.FindComponent<Nakama.Console.Live.LivePager>().Instance;
        _ = page.InvokeAsync(async () =>
        {
            await pager.OnNext.InvokeAsync("n");
            await pager.OnNext.InvokeAsync("n");
        });
        page.WaitForAssertion(() => Assert.Equal(2, page.FindComponent<Nakama.Console.Live.LivePager>().Instance.Depth), Patience);

        Services.GetRequiredService<NavigationManager>().NavigateTo("/parties?q=x");
        page.WaitForAssertion(() => Assert.Equal(1, page.FindComponent<Nakama.Console.Live.LivePager>().Instance.Depth), Patience);

        Pushes("{}");
        var events = Render<EventsPage>();
        events.WaitForAssertion(() => Assert.NotNull(events.Find("#event-pause")), Patience);
        events.Find("#event-pause").Click();
        Assert.Contains("paused", events.Find(".page-head").TextContent, StringComparison.Ordinal);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/events?kind=match");
        events.WaitForAssertion(() => Assert.DoesNotContain("paused", events.Find(".page-head").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void An_operator_who_may_only_read_can_change_nothing()
    {
        SignInOperator(mayRead: true);
        AnswersTo["GET /v2/console/account/a"] = (HttpStatusCode.OK, """{"account": {"user": {"id": "a", "username": "anna", "metadata": "{}"}, "wallet": "{}"}}""");
        AnswersTo["GET /v2/console/storage/saves/slot/a"] = (HttpStatusCode.OK, """{"collection": "saves", "key": "slot", "user_id": "a", "value": "{}", "version": "v"}""");
        AnswersTo["GET /v2/console/notification?limit=50"] = (HttpStatusCode.OK, """{"notifications": [{"id": "n", "subject": "Hello", "content": "{}"}]}""");
        AnswersTo["GET /v2/console/setting/utc_toggle"] = (HttpStatusCode.OK, """{"name": "utc_toggle", "value": "false"}""");
        AnswersTo["GET /v2/console/acl/template"] = (HttpStatusCode.OK, """{"templates": [{"id": "t", "name": "Support"}]}""");

        var player = Render<Nakama.Console.Accounts.PlayerPage>(parts => parts.Add(part => part.Id, "a"));
        IsDisabled(player, "#edit", "#ban");
        var stored = Render<Nakama.Console.Storage.StorageObjectPage>(parts => parts.Add(part => part.Collection, "saves").Add(part => part.Key, "slot").Add(part => part.UserId, "a"));
        IsDisabled(stored, "#edit");
        IsDisabled(Render<Nakama.Console.Notifications.NotificationsPage>(), "#send", "[aria-label='Delete Hello']");
        IsDisabled(Render<GeneralPage>(), "#utc-toggle input, input#utc-toggle");
        IsDisabled(Render<TemplatesPage>(), "#add-template", "[aria-label='Edit Support']", "[aria-label='Delete Support']");
        IsDisabled(Render<UsersPage>(), "#add-user");
        Assert.Contains("you do not have permission", Render<DataPage>().Markup, StringComparison.Ordinal);

        Pushes("""{"match":{"match_id":"a.node1","authoritative":true,"size":1},"presences":[{"session_id":"s","user_id":"u","username":"anna"}],"presence_count":1}""");
        var match = Render<MatchPage>(parts => parts.Add(part => part.Id, "a.node1"));
        IsDisabled(match, "#end-match", "#send-signal");
        Assert.DoesNotContain("Kick", match.Markup, StringComparison.Ordinal);
        Answer = new();
        Pushes("""{"sessions":[{"session_id":"s","user_id":"u","username":"anna"}],"total":1}""");
        IsDisabled(Render<SessionsPage>(), "[aria-label='Disconnect anna']");
    }

    private static void IsDisabled<TPage>(IRenderedComponent<TPage> page, params string[] selectors)
        where TPage : IComponent
    {
        foreach (var selector in selectors)
            page.WaitForAssertion(() => Assert.True(page.Find(selector).HasAttribute("disabled"), selector), Patience);
    }

    private void Pushes(string json) => NodeAnswers($"data: {json}\n\n");

    private void Says<TPage>(string sentence)
        where TPage : IComponent
    {
        var page = Render<TPage>();
        page.WaitForAssertion(() => Assert.Contains(sentence, page.Markup, StringComparison.Ordinal), Patience);
    }
}
