using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Nakama.Console.Accounts;
using Nakama.Console.Tables;

namespace Nakama.Tests.ConsolePages;

public sealed class TablesOfPages : PageContext
{
    private const string List = "GET /v2/console/account?tombstones=false";
    private const string First = """{"users": [{"id": "a", "username": "anna"}, {"id": "b", "username": "=1+1"}], "total_count": 3, "next_cursor": "n"}""";
    private const string Second = """{"users": [{"id": "c", "username": "say \"hi\", ben"}], "total_count": 3, "next_cursor": ""}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_next_page_is_asked_by_its_cursor_and_the_way_back_is_known()
    {
        var page = RenderPlayers();
        Assert.Equal("1 to 2 of 3", page.Find("#accounts-range").TextContent);
        page.Find("[aria-label='Next page']").Click();
        page.WaitForAssertion(() => Assert.Equal("3 to 3 of 3", page.Find("#accounts-range").TextContent), Patience);
        Assert.True(page.Find("[aria-label='Next page']").HasAttribute("disabled"));
        page.Find("[aria-label='Previous page']").Click();
        page.WaitForAssertion(() => Assert.Equal("1 to 2 of 3", page.Find("#accounts-range").TextContent), Patience);
        Assert.Equal([List, $"{List}&cursor=n", List], Requests);
    }

    [Fact]
    public void Filters_are_in_the_address_and_escape_clears_the_search()
    {
        AnswersTo["GET /v2/console/account?filter=%25ann%25&tombstones=false"] = (HttpStatusCode.OK, """{"users": [{"id": "a", "username": "anna"}]}""");
        var page = RenderPlayers();
        page.Find("#account-search").Change("%ann%");
        page.Find("form.search").Submit();
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => Assert.Equal("1 to 1 of 1", page.Find("#accounts-range").TextContent), Patience);
        Assert.EndsWith("?q=%25ann%25", navigation.Uri, StringComparison.Ordinal);
        page.Find("#account-search").KeyDown(Key.Escape);
        page.WaitForAssertion(() => Assert.Equal("1 to 2 of 3", page.Find("#accounts-range").TextContent), Patience);
        Assert.EndsWith("/", navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_double_click_turns_one_page()
    {
        var page = RenderPlayers();
        var next = page.Find("[aria-label='Next page']");
        AnswersTo.Remove($"{List}&cursor=n");
        next.Click();
        page.Find("[aria-label='Next page']").Click();
        NodeAnswers(Second);
        page.WaitForAssertion(() => Assert.Equal("3 to 3 of 3", page.Find("#accounts-range").TextContent), Patience);

        Answer = new();
        AnswersTo.Remove(List);
        page.Find("[aria-label='Previous page']").Click();
        page.Find("[aria-label='Previous page']").Click();
        NodeAnswers(First);
        page.WaitForAssertion(() => Assert.Equal("1 to 2 of 3", page.Find("#accounts-range").TextContent), Patience);
        Assert.Equal([List, $"{List}&cursor=n", List], Requests);
    }

    [Theory]
    [InlineData("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1-1", "'+1-1")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("-1234567", "-1234567")]
    [InlineData("1-2", "1-2")]
    public void No_cell_of_an_export_is_a_formula_and_numbers_stay_numbers(string text, string cell) =>
        Assert.Equal($"{cell}\r\n", new TableExport<string>([("Name", row => row)], isJson: false).Write([text]));

    [Fact]
    public void A_bulk_action_ends_when_the_node_is_away_and_tells_when_it_could_not_count()
    {
        AnswersTo["DELETE /v2/console/account/a"] = (HttpStatusCode.ServiceUnavailable, """{"code": 14, "message": "Away."}""");
        var page = RenderPlayers();
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        var table = page.FindComponent<PagedTable<Nakama.Protocol.Api.User>>();
        _ = page.InvokeAsync(table.Instance.RunAllAsync);
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#confirm-word")), Patience);
        host.Find("#confirm-word").Input("delete");
        host.Find("#confirm-form").Submit();
        host.WaitForAssertion(() => Assert.Equal("0 of 3 done, 1 refused. Stopped.", host.Find("#bulk-progress").TextContent), Patience);
        Assert.DoesNotContain("DELETE /v2/console/account/b", Requests);

        host.Find("#bulk-close").Click();
        host.WaitForAssertion(() => Assert.Empty(host.FindAll(".mud-dialog")), Patience);
        AnswersTo[List] = (HttpStatusCode.InternalServerError, """{"code": 13, "message": "Cannot list."}""");
        _ = page.InvokeAsync(table.Instance.RunAllAsync);
        host.WaitForAssertion(() => Assert.Contains("Cannot list.", host.Find("#count-failed").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Columns_that_were_hidden_stay_hidden()
    {
        JSInterop.Setup<string?>("consoleShell.recall", "columns-accounts").SetResult("Display name\nUpdated");
        var page = RenderPlayers();
        page.WaitForAssertion(() => Assert.Equal(["Username", "User ID", "Created"], Headings(page)), Patience);
    }

    [Fact]
    public async Task All_pages_that_the_filters_select_are_exported_and_nothing_in_them_is_run()
    {
        var page = RenderPlayers();
        var table = page.FindComponent<PagedTable<Nakama.Protocol.Api.User>>();
        await page.InvokeAsync(() => table.Instance.ExportAsync(isJson: false));
        var text = string.Concat(JSInterop.Invocations["consoleShell.appendFile"].Select(call => call.Arguments[1]));
        Assert.StartsWith("Username,Display name,User ID,Created,Updated\r\nanna,,a,,\r\n'=1+1,,b,,\r\n\"say \"\"hi\"\", ben\",,c,,\r\n", text, StringComparison.Ordinal);
        Assert.Equal("accounts.csv", JSInterop.Invocations["consoleShell.saveFile"].Single().Arguments[1]);
    }

    [Fact]
    public void An_action_on_many_rows_counts_them_first_and_tells_what_was_refused()
    {
        AnswersTo["DELETE /v2/console/account/b"] = (HttpStatusCode.InternalServerError, """{"code": 13, "message": "Not this one."}""");
        AnswersTo["DELETE /v2/console/account/a"] = (HttpStatusCode.OK, "{}");
        AnswersTo["DELETE /v2/console/account/c"] = (HttpStatusCode.OK, "{}");
        var page = RenderPlayers();
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        var table = page.FindComponent<PagedTable<Nakama.Protocol.Api.User>>();
        _ = page.InvokeAsync(table.Instance.RunAllAsync);

        host.WaitForAssertion(() => Assert.Contains("3 players will be erased", host.Find(".mud-dialog").TextContent, StringComparison.Ordinal), Patience);
        Assert.True(host.Find("#confirm-delete").HasAttribute("disabled"));
        host.Find("#confirm-word").Input("delete");
        host.Find("#confirm-form").Submit();
        host.WaitForAssertion(() => Assert.Equal("2 of 3 done, 1 refused.", host.Find("#bulk-progress").TextContent), Patience);
        Assert.Contains("Not this one.", host.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_loaded_whole_is_searched_and_cut_into_pages()
    {
        int[] all = [.. Enumerable.Range(0, 10)];
        var first = TablePage.Of(all, number => number % 2 == 0, "", 3);
        Assert.Equal([0, 2, 4], first.Rows);
        Assert.Equal(("3", 5), (first.NextCursor, first.Total));
        var last = TablePage.Of(all, number => number % 2 == 0, first.NextCursor, 3);
        Assert.Equal([6, 8], last.Rows);
        Assert.Equal("", last.NextCursor);
        Assert.Equal([0, 1], TablePage.Of(all, _ => true, "-5", 2).Rows);
    }

    private IRenderedComponent<PlayersPage> RenderPlayers()
    {
        SignInOperator();
        AnswersTo[List] = (HttpStatusCode.OK, First);
        AnswersTo[$"{List}&cursor=n"] = (HttpStatusCode.OK, Second);
        var page = Render<PlayersPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#accounts tbody tr")), Patience);
        return page;
    }

    private static IEnumerable<string> Headings(IRenderedComponent<PlayersPage> page) =>
        page.FindAll("#accounts th[scope=col]").Select(heading => heading.TextContent);
}
