using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Nakama.Console.Accounts;
using Nakama.Console.Chat;
using Nakama.Console.Groups;
using Nakama.Console.Leaderboards;
using Nakama.Console.Notifications;
using Nakama.Console.Purchases;
using Nakama.Console.Storage;

namespace Nakama.Tests.ConsolePages;

public sealed class PagesOfData : PageContext
{
    private const string Nobody = "00000000-0000-0000-0000-000000000000";
    private const string Owner = "11111111-1111-4111-8111-111111111111";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private bool _isSignedIn;

    [Fact]
    public void A_group_s_members_can_be_promoted_up_to_the_top_only()
    {
        NodeAnswersTo("GET /v2/console/group/g", """{"id": "g", "name": "<b>Reds</b>", "creator_id": "", "metadata": "{}", "open": true, "edge_count": 2, "max_count": 100}""");
        NodeAnswersTo("GET /v2/console/group/g/member", """{"group_users": [{"user": {"id": "a", "username": "anna"}, "state": 0}, {"user": {"id": "b", "username": "ben"}, "state": 4}]}""");
        var page = Show<GroupPage>("/groups/g?tab=members", part => part.Id, "g");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("#members tbody tr").Count), Patience);
        Assert.Contains("<b>Reds</b>", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("Superadmin", page.Find("#members tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Banned", page.FindAll("#members tbody tr")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_is_filtered_by_the_address()
    {
        NodeAnswersTo("GET /v2/console/storage/collections", """{"collections": ["saves", "settings"]}""");
        NodeAnswersTo("GET /v2/console/storage?collection=saves&key=slot%25", $$"""{"objects": [{"collection": "saves", "key": "slot1", "user_id": "{{Owner}}", "version": "0123456789abcdef", "permission_read": 2}]}""");
        var page = Show<StoragePage>("/storage?collection=saves&key=slot%25");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#storage tbody tr")), Patience);
        var row = page.Find("#storage tbody tr");
        Assert.Contains("Public read", row.TextContent, StringComparison.Ordinal);
        Assert.Equal($"storage/saves/slot1/{Owner}", row.QuerySelector("a")!.GetAttribute("href"));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("#collections option").Count), Patience);
        Assert.Equal("saves", page.Find("#filter-collection").GetAttribute("value"));
    }

    [Fact]
    public void The_second_of_two_operators_is_told_of_the_first_before_an_object_is_replaced()
    {
        const string path = $"/v2/console/storage/saves/slot1/{Owner}";
        NodeAnswersTo($"GET {path}", $$"""{"collection": "saves", "key": "slot1", "user_id": "{{Owner}}", "value": "{\"level\": 1}", "version": "v1"}""");
        NodeAnswersTo($"PUT {path}", """{"code": 2, "message": "Storage write rejected - version check failed."}""", HttpStatusCode.InternalServerError);
        var host = RenderDialogs();
        var page = Show<StorageObjectPage>("/storage", parts => parts.Add(part => part.Collection, "saves").Add(part => part.Key, "slot1").Add(part => part.UserId, Owner));
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#edit")), Patience);
        page.Find("#edit").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#edit-value")), Patience);
        host.Find("#edit-value").Change("""{"level": 3}""");
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.Contains("\"level\": 3", host.Find(".diff-added").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain(Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));

        NodeAnswersTo($"GET {path}", $$"""{"collection": "saves", "key": "slot1", "user_id": "{{Owner}}", "value": "{\"level\": 2}", "version": "v2"}""");
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#conflict")), Patience);
        Assert.Contains("\"version\":\"v1\"", Assert.Single(Bodies), StringComparison.Ordinal);
        Assert.Contains("\"level\": 2", host.Find(".diff-removed").TextContent, StringComparison.Ordinal);

        NodeAnswersTo($"PUT {path}", "{}");
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#panel-form")), Patience);
        Assert.Contains("\"version\":\"v2\"", Bodies[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_panel_with_unsaved_input_asks_before_it_is_closed()
    {
        NodeAnswersTo("GET /v2/console/account/a", """{"account": {"user": {"id": "a", "username": "anna", "lang_tag": "en", "metadata": "{}"}, "wallet": "{}"}}""");
        var host = RenderDialogs();
        var page = Show<PlayerPage>("/players/a", part => part.Id, "a");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#edit")), Patience);
        page.Find("#edit").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#edit-location")), Patience);
        host.Find("#edit-location").Change("Lisbon");
        host.Find("#cancel").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#unsaved")), Patience);
        host.Find("#keep-editing").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#cancel")), Patience);
        Assert.Equal("Lisbon", host.Find("#edit-location").GetAttribute("value"));
        host.Find("#cancel").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#discard")), Patience);
        host.Find("#discard").Click();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#panel-form")), Patience);
        Assert.Equal(["GET /v2/console/account/a"], Requests);
    }

    [Fact]
    public void The_second_of_two_operators_is_told_of_the_first_before_a_wallet_is_replaced()
    {
        const string path = "/v2/console/account/a";
        static string Account(string coins) =>
            """{"account": {"user": {"id": "a", "username": "anna", "lang_tag": "en", "metadata": "{}"}, "wallet": "{\"coins\": COINS}"}}""".Replace("COINS", coins, StringComparison.Ordinal);
        NodeAnswersTo($"GET {path}", Account("1"));
        NodeAnswersTo($"POST {path}", "{}");
        var host = RenderDialogs();
        var page = Show<PlayerPage>("/players/a?tab=wallet", part => part.Id, "a");
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#edit-wallet")), Patience);
        page.Find("#edit-wallet").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#edit-wallet-json")), Patience);
        host.Find("#edit-wallet-json").Change("""{"coins": 3}""");

        NodeAnswersTo($"GET {path}", Account("2"));
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.Contains("\"coins\": 2", host.Find("#their-change .diff-added").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain($"POST {path}", Requests);
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#panel-form")), Patience);
        Assert.Contains($"POST {path}", Requests);
    }

    [Fact]
    public void Leaderboards_and_tournaments_tell_their_rules_in_words()
    {
        NodeAnswersTo("GET /v2/console/leaderboard", """{"leaderboards": [{"id": "weekly/1", "sort_order": 1, "operator": 2, "reset_schedule": "0 0 * * 1", "tournament": true}], "total": 1}""");
        var page = Show<LeaderboardsPage>("/leaderboards");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#leaderboards tbody tr")), Patience);
        var row = page.Find("#leaderboards tbody tr");
        Assert.Contains("TournamentDescendingIncrement0 0 * * 1no", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("leaderboards/weekly%2F1", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Records_are_right_aligned_numbers_and_open_to_their_metadata()
    {
        NodeAnswersTo("GET /v2/console/leaderboard/l", """{"id": "l", "metadata": "{}"}""");
        NodeAnswersTo("GET /v2/console/leaderboard/l/records?limit=50", $$"""{"records": [{"owner_id": "{{Owner}}", "username": "anna", "score": "1234567", "rank": "1", "metadata": "{\"car\": 7}"}], "rank_count": "9"}""");
        var page = Show<LeaderboardPage>("/leaderboards/l", part => part.Id, "l");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#records tbody tr")), Patience);
        Assert.Equal(["1", "1,234,567"], page.FindAll("#records tbody td.num").Select(cell => cell.TextContent).Where(text => text != "0"));
        page.Find("#records [aria-label=Details]").Click();
        Assert.Contains("\"car\": 7", page.Find(".row-details").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Notifications_say_what_the_server_s_own_codes_mean()
    {
        NodeAnswersTo("GET /v2/console/notification?limit=50", $$"""{"notifications": [{"id": "n", "subject": "<script>", "code": -2, "sender_id": "{{Nobody}}", "user_id": "{{Owner}}", "content": "{}"}]}""");
        var page = Show<NotificationsPage>("/notifications");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#notifications tbody tr")), Patience);
        Assert.Contains("<script>", page.Find("#notifications tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("System", page.Find("#notifications tbody tr").TextContent, StringComparison.Ordinal);
        page.Find("#notifications [aria-label=Details]").Click();
        Assert.Contains("Friend request", page.Find(".row-details").TextContent, StringComparison.Ordinal);
        Assert.Contains("The notification has no content.", page.Find(".row-details").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Payments_are_found_by_transaction_and_by_date()
    {
        NodeAnswersTo("GET /v2/console/purchase?after=2026-01-01T00%3A00%3A00Z&before=2026-02-01T00%3A00%3A00Z&limit=20", """{"validated_purchases": [{"product_id": "gems", "transaction_id": "t-1", "store": 1}]}""");
        var page = Show<PaymentsPage>("/payments?from=2026-01-01&to=2026-01-31");
        page.WaitForAssertion(() => Assert.Single(page.FindAll("#purchases tbody tr")), Patience);
        Assert.Contains("Google Play", page.Find("#purchases tbody tr").TextContent, StringComparison.Ordinal);

        NodeAnswersTo("GET /v2/console/subscription?filter=t-2&limit=20", """{"validated_subscriptions": [{"product_id": "pass", "original_transaction_id": "t-2", "active": true}]}""");
        var other = Show<PaymentsPage>("/payments/subscriptions?transaction=t-2");
        other.WaitForAssertion(() => Assert.Contains("Active", other.Find("#subscriptions tbody tr").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Chat_shows_the_channel_that_the_address_names()
    {
        var none = Show<ChatPage>("/chat");
        Assert.Contains("Choose a channel", none.Markup, StringComparison.Ordinal);
        Assert.Empty(Requests);

        NodeAnswersTo("GET /v2/console/channel?type=2&label=lobby", $$"""{"messages": [{"message_id": "m", "sender_id": "{{Owner}}", "username": "anna", "content": "{\"text\": \"<b>hi</b>\"}", "code": 0}]}""");
        var page = Show<ChatPage>("/chat?type=room&room=lobby");
        page.WaitForAssertion(() => Assert.Contains("<b>hi</b>", page.Find("#messages tbody tr").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Without_the_right_no_page_asks_the_node()
    {
        SignInOperator(mayEverything: false);
        Assert.Contains("Unauthorized", Render<GroupsPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", Render<StoragePage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", Render<LeaderboardsPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", Render<NotificationsPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", Render<PaymentsPage>().Markup, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", Render<ChatPage>().Markup, StringComparison.Ordinal);
        Assert.Empty(Requests);
    }

    private void SignInOnce()
    {
        if (!_isSignedIn) SignInOperator();
        _isSignedIn = true;
    }

    private IRenderedComponent<MudDialogProvider> RenderDialogs()
    {
        SignInOnce();
        Render<MudPopoverProvider>();
        return Render<MudDialogProvider>();
    }

    private void NodeAnswersTo(string request, string body, HttpStatusCode status = HttpStatusCode.OK) => AnswersTo[request] = (status, body);

    private IRenderedComponent<TPage> Show<TPage>(string path, System.Linq.Expressions.Expression<Func<TPage, string>>? name = null, string value = "")
        where TPage : IComponent => Show<TPage>(path, parts =>
        {
            if (name is not null) parts.Add(name!, value);
        });

    private IRenderedComponent<TPage> Show<TPage>(string path, Action<ComponentParameterCollectionBuilder<TPage>> parameters)
        where TPage : IComponent
    {
        SignInOnce();
        Services.GetRequiredService<NavigationManager>().NavigateTo(path);
        return Render(parameters);
    }
}
