using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Console.Notifications;
using Nakama.Console.Settings;
using Nakama.Console.Shared;
using Nakama.Console.Status;
using Nakama.Protocol.Console;
using Nakama.Protocol.Feed;

namespace Nakama.Tests.ConsolePages;

public sealed class SmallParts : PageContext
{
    [Fact]
    public async Task A_deletion_is_confirmed_only_by_the_exact_word()
    {
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        var dialog = await host.InvokeAsync(() => dialogs.ShowAsync<ConfirmDelete>(
            "Delete player", new DialogParameters { [nameof(ConfirmDelete.Message)] = "Gone for good." }));

        Assert.Contains("Gone for good.", host.Markup, StringComparison.Ordinal);
        Assert.True(host.Find("#confirm-delete").HasAttribute("disabled"));
        host.Find("#confirm-word").Input("Delete");
        Assert.True(host.Find("#confirm-delete").HasAttribute("disabled"));
        host.Find("#confirm-word").Input("delete");
        Assert.False(host.Find("#confirm-delete").HasAttribute("disabled"));
        host.Find("#confirm-form").Submit();
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public void The_node_table_has_a_loading_an_empty_and_a_filled_state()
    {
        var table = Render<NodeTable>();
        Assert.NotEmpty(table.FindAll(".mud-skeleton"));
        table.Render(parameters => parameters.Add(part => part.Nodes, []));
        Assert.Contains("No node has reported yet.", table.Markup, StringComparison.Ordinal);
        table.Render(parameters => parameters.Add(part => part.Nodes, [new NodeSample { Name = "n-1", UptimeSec = 3700, Sessions = 1234 }]));
        Assert.Contains("1 h 1 min", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,234", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_node_table_names_nodes_without_a_connection()
    {
        var table = Render<NodeTable>(parameters => parameters.Add(
            part => part.Nodes, [new NodeSample { Name = "n-1", Peers = [new("n-2", false, 7), new("n-3", true, 0)] }]));

        Assert.Equal("no link to n-2", Assert.Single(table.FindAll(".tag-danger")).TextContent);
    }

    [Fact]
    public void A_line_is_short_whole_numbers_and_breaks_where_nothing_was_heard()
    {
        ChartPoint[] points = [new(-300, 0), new(-298, 5), new(-200, 10), new(-198, 2.5)];
        Assert.Equal("M0 1000l2 -500M100 0l2 750", ChartPath.Line(points, 10));
        Assert.Equal("M0 1000l2 -500V1000H0zM100 0l2 750V1000H100z", ChartPath.Area(points, 10));
        Assert.Equal("", ChartPath.Line([], 10));
    }

    [Fact]
    public void A_chart_tells_what_it_shows_in_words_too()
    {
        var sample = new FeedSample(DateTimeOffset.UnixEpoch, [new NodeSample { Name = "n-1", RequestsPerSec = 3 }, new NodeSample { Name = "n-2", RequestsPerSec = 5 }]);
        var chart = Render<LiveChart>(parameters => parameters
            .Add(part => part.Definition, ChartDefinition.All[1]).Add(part => part.Window, FeedWindow.Of([sample])).Add(part => part.IsLive, true));
        Assert.Equal("Requests of the last five minutes, now 4.00 /s", chart.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Equal(["n-1", "n-2"], chart.FindAll(".plot-key li").Select(item => item.TextContent));
    }

    [Fact]
    public void A_failure_can_be_tried_again()
    {
        var tries = 0;
        var failed = Render<Failed>(parameters => parameters.Add(part => part.Message, "No answer.").Add(part => part.OnRetry, () => tries++));
        failed.Find("button").Click();
        Assert.Equal(1, tries);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("[]", "This must be a JSON object.")]
    [InlineData("{\n  x", "This is not valid JSON: line 2, position 3.")]
    public void Json_is_judged_where_it_is_typed(string text, string? error) => Assert.Equal(error, JsonText.ObjectError(text));

    [Theory]
    [InlineData(-10, "just now")]
    [InlineData(-300, "5 minutes ago")]
    [InlineData(-7200, "2 hours ago")]
    [InlineData(300, "in 5 minutes")]
    [InlineData(90_000, "in 1 day")]
    public void The_distance_of_a_time_is_said_in_words(int seconds, string words)
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Assert.Equal(words, Figures.Ago(now.AddSeconds(seconds), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    public void No_segment_of_a_path_leads_elsewhere(string segment)
    {
        Assert.Equal("/v2/console/storage/a%2F..%2Fb", NodePath.Of("/storage", "a/../b"));
        Assert.Equal(NodeException.InvalidArgument, Assert.Throws<NodeException>(() => NodePath.Of("/storage", "saves", segment)).Code);
    }

    [Fact]
    public void A_value_that_is_too_long_to_be_edited_is_said_to_be()
    {
        var editor = Render<JsonEditor>(parts => parts.Add(part => part.Id, "value").Add(part => part.Value, new string('1', JsonEditor.MaxLength + 1)));
        Assert.Empty(editor.FindAll("textarea"));
        Assert.NotNull(editor.Find("#value-too-long"));
    }

    [Fact]
    public void A_template_takes_no_right_that_the_operator_may_not_give()
    {
        SignInOperator(mayRead: true);
        var acl = AclEditor.Complete([new("ACCOUNT", new Permissions { Write = true })]);
        var editor = Render<AclEditor>(parts => parts.Add(part => part.Value, acl)
            .Add(part => part.Templates, [new AclTemplate { Id = "t", Name = "Readers", Acl = { ["ACCOUNT"] = new Permissions { Read = true } } }]));
        editor.Find("#acl-template").Change("t");
        Assert.Equal(new Permissions { Read = true, Write = true }, acl["ACCOUNT"]);
    }

    [Fact]
    public async Task A_notification_is_sent_to_all_only_after_the_words_and_with_content_that_can_be_sent()
    {
        SignInOperator();
        NodeAnswers("{}");
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        await host.InvokeAsync(() => dialogs.ShowAsync<NotificationSend>("Send"));
        host.Find("input[type=checkbox]").Change(true);
        host.Find("#send-subject").Change("News");
        host.Find("#send-content").Change("""{"reward": 1e400}""");
        host.Find("#panel-form").Submit();
        Assert.Contains("all players", host.Find("#form-fault").TextContent, StringComparison.Ordinal);
        host.Find("#send-confirm").Change("all players");
        host.Find("#panel-form").Submit();
        Assert.StartsWith("Content: ", host.Find("#form-fault").TextContent, StringComparison.Ordinal);
        Assert.Empty(Requests);
        host.Find("#send-content").Change("""{"reward": 1}""");
        host.Find("#panel-form").Submit();
        host.WaitForAssertion(() => Assert.Equal(["POST /v2/console/notification"], Requests), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_token_tells_its_rights()
    {
        // {"usn":"op","exp":4102444800,"acl":"gAAAAAAAAAAAAAAA"}: reading accounts and nothing else.
        var token = ConsoleToken.Read("e30.eyJ1c24iOiJvcCIsImV4cCI6NDEwMjQ0NDgwMCwiYWNsIjoiZ0FBQUFBQUFBQUFBQUFBQSJ9.x")!;
        Assert.Equal("op", token.Username);
        Assert.True(token.Permits(AclResources.Account, Right.Read));
        Assert.False(token.Permits(AclResources.Account, Right.Write));
        Assert.False(token.Permits(AclResources.Configuration, Right.Read));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    public void What_is_no_token_is_not_read(string text) => Assert.Null(ConsoleToken.Read(text));

    [Theory]
    [InlineData("", "/players?q=x", "/players?q=x")]
    [InlineData("", "//elsewhere.example", "/")]
    [InlineData("", "/\\elsewhere.example", "/")]
    [InlineData("", "https://elsewhere.example", "/")]
    [InlineData("", "/\t/elsewhere.example", "/")]
    [InlineData("", "/\n/elsewhere.example", "/")]
    [InlineData("", "/players?q=%C3%BC%20x", "/players?q=%C3%BC%20x")]
    [InlineData("", "/login?return=/", "/")]
    [InlineData("", null, "/")]
    [InlineData("/ops", "/ops/players?q=x", "/ops/players?q=x")]
    [InlineData("/ops", "/players", "/ops/")]
    [InlineData("/ops", "/ops//elsewhere.example", "/ops/")]
    [InlineData("/ops", "/ops/login?return=/", "/ops/")]
    public void Signing_in_leads_to_pages_of_this_console_only(string basePath, string? wanted, string expected) =>
        Assert.Equal(expected, SignIn.SafeReturn(wanted, basePath));
}
