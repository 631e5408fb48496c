using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Console.Search;
using Nakama.Console.Shell;

namespace Nakama.Tests.ConsolePages;

public sealed class SearchingFromTheConsole : PageContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_palette_shows_pages_at_once_and_below_them_what_the_node_finds()
    {
        SignInOperator();
        var palette = await OpenAsync();

        palette.Find("#palette-input").Input("groups");
        Assert.Equal(["Pages"], Sections(palette));
        Assert.Equal("Groups", palette.Find("#palette-0 .palette-title").TextContent);
        Assert.Equal("Searching", palette.Find("#palette-state").TextContent);

        NodeAnswers("""
            {"hits":[{"kind":"object","id":"saves/grow/0","title":"grow","subtitle":"saves","highlight":[{"text":"a "},{"text":"group","is_match":true}]},{"kind":"player","id":"p","title":"grover","subtitle":"Grover"}],"indexed_rows":"1200","age_ms":"2500","kinds":["player","group","object"]}
            """);
        palette.WaitForAssertion(() => Assert.Equal(["Pages", "Players", "Storage objects", "Search"], Sections(palette)), Patience);
        Assert.Equal(["Groups", "grover", "grow", "All results for “groups”"], palette.FindAll(".palette-title").Select(static title => title.TextContent));
        Assert.Equal("a group", palette.Find("#palette-2 .palette-note").TextContent);
        Assert.Equal("group", palette.Find("#palette-2 mark").TextContent);
        Assert.Equal("1,200 rows, 2 s old", palette.Find("#palette-state").TextContent);
    }

    [Fact]
    public async Task Arrows_and_enter_lead_to_a_hit()
    {
        SignInOperator();
        NodeAnswers("""{"hits":[{"kind":"object","id":"saves/a%2Fb/u","title":"a/b"},{"kind":"player","id":"p","title":"xyz"}]}""");
        var palette = await OpenAsync();
        palette.Find("#palette-input").Input("xyz");
        palette.WaitForAssertion(() => Assert.Equal(["Players", "Storage objects", "Search"], Sections(palette)), Patience);

        palette.Find("#palette-input").KeyDown("ArrowDown");
        Assert.Equal("true", palette.Find("#palette-1").GetAttribute("aria-selected"));
        Assert.Equal("palette-1", palette.Find("#palette-input").GetAttribute("aria-activedescendant"));
        palette.Find("#palette-input").KeyDown("Enter");

        palette.WaitForAssertion(() => Assert.EndsWith("/storage/saves/a%2Fb/u", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Enter_before_the_answer_leads_to_the_page_of_the_search_when_the_node_fails()
    {
        SignInOperator();
        var palette = await OpenAsync();
        palette.Find("#palette-input").Input("x y");
        palette.Find("#palette-input").KeyDown("Enter");
        palette.WaitForState(() => Requests.Count == 1, Patience);

        NodeAnswers("""{"code":14,"message":"Not now."}""", HttpStatusCode.ServiceUnavailable);

        palette.WaitForAssertion(() => Assert.EndsWith("/search?q=x%20y", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Enter_right_after_a_letter_leads_to_the_first_hit()
    {
        SignInOperator();
        var palette = await OpenAsync();
        palette.Find("#palette-input").Input("anni");
        var typed = Task.CompletedTask;
        var entered = Task.CompletedTask;

        await palette.InvokeAsync(() =>
        {
            typed = palette.Find("#palette-input").InputAsync(new ChangeEventArgs { Value = "anna" });
            entered = palette.Find("#palette-input").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        });
        NodeAnswers("""{"hits":[{"kind":"player","id":"2","title":"anna"}]}""");

        palette.WaitForAssertion(() => Assert.EndsWith("/players/2", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        await typed;
        await entered;
    }

    [Fact]
    public async Task A_late_answer_to_an_earlier_text_is_dropped()
    {
        SignInOperator();
        AnswersTo["GET /v2/console/live/search?text=anna&limit=12"] = (HttpStatusCode.OK, """{"hits":[{"kind":"player","id":"2","title":"anna"}]}""");
        var palette = await OpenAsync();
        palette.Find("#palette-input").Input("an");
        palette.WaitForState(() => Requests.Count == 1, Patience);
        palette.Find("#palette-input").Input("anna");
        palette.WaitForAssertion(() => Assert.Equal("anna", palette.Find("#palette-0 .palette-title").TextContent), Patience);

        NodeAnswers("""{"hits":[{"kind":"player","id":"1","title":"andrew"}]}""");

        await palette.InvokeAsync(static () => { });
        Assert.DoesNotContain("andrew", palette.Markup, StringComparison.Ordinal);
        Assert.Contains("anna", palette.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_read_none_of_it_searches_pages_and_commands_only()
    {
        SignInOperator(mayEverything: false);
        var palette = await OpenAsync();

        palette.Find("#palette-input").Input("sign");

        Assert.Equal(["Commands"], Sections(palette));
        Assert.Empty(palette.FindAll("#palette-state"));
        Assert.Empty(Requests);
        Assert.Contains("you do not have permission", Render<SearchPage>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_loading_until_the_node_answers_and_shows_hostile_texts_as_text()
    {
        SignInOperator();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/search?q=img&kind=player");
        var page = Render<SearchPage>();
        Assert.NotEmpty(page.FindAll("[aria-label=Loading]"));

        NodeAnswers($$"""
            {"hits":[{"kind":"player","id":"p","title":"{{Hostile}}","subtitle":"{{Hostile}}","highlight":[{"text":"{{Hostile}}","is_match":true}]},{"kind":"unknown","id":"x","title":"x"}],"next_cursor":"more","indexed_rows":"12","age_ms":"900"}
            """);

        page.WaitForAssertion(() => Assert.Single(page.FindAll("#search-hits li")), Patience);
        Assert.Equal(Hostile, page.Find("#search-hits a").TextContent);
        Assert.Equal("players/p", page.Find("#search-hits a").GetAttribute("href"));
        Assert.Equal(Hostile, page.Find("#search-hits mark").TextContent);
        Assert.Empty(page.FindAll("#search-hits img"));
        Assert.Contains("12 rows, 0 s old", page.Find(".pager").TextContent, StringComparison.Ordinal);
        Assert.Equal(["GET /v2/console/live/search?text=img&kinds=player&limit=25"], Requests);
        page.Find("[aria-label='Next page']").Click();
        page.WaitForAssertion(() => Assert.Contains("GET /v2/console/live/search?text=img&kinds=player&limit=25&cursor=more", Requests), Patience);
    }

    [Fact]
    public void The_page_says_what_it_takes_what_is_not_found_and_what_has_failed()
    {
        SignInOperator();
        Assert.Contains("Type a name", Render<SearchPage>().Markup, StringComparison.Ordinal);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/search?q=nobody");
        NodeAnswers("{}");
        var page = Render<SearchPage>();
        page.WaitForAssertion(() => Assert.Contains("Nothing is found by “nobody”.", page.Markup, StringComparison.Ordinal), Patience);

        Answer = new();
        NodeAnswers("""{"code":14,"message":"Not now."}""", HttpStatusCode.ServiceUnavailable);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/search?q=somebody");
        var failed = Render<SearchPage>();
        failed.WaitForAssertion(() => Assert.Contains("Not now.", failed.Markup, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData("""{"indexed_rows":"1500","age_ms":"61000"}""", "1,500 rows, 1 min 1 s old")]
    [InlineData("""{"indexed_rows":"5","is_filling":true}""", "The index is being filled: 5 rows so far")]
    [InlineData("""{"indexed_rows":"5","is_filling":true,"is_full":true,"age_ms":"3000"}""", "The index is full: 5 rows, 3 s old")]
    [InlineData("""{"is_off":true}""", "The search is switched off on this node: only exact names and ids are found.")]
    public void The_state_of_the_index_is_told_in_words(string answer, string words) =>
        Assert.Equal(words, SearchKind.Describe(Protocol.Live.SearchAnswer.Parser.ParseJson(answer)));

    private static string[] Sections(IRenderedComponent<CommandPalette> palette) =>
        [.. palette.FindAll("#palette-matches ul").Select(static section => section.GetAttribute("aria-label")!)];

    private async Task<IRenderedComponent<CommandPalette>> OpenAsync()
    {
        var palette = Render<CommandPalette>();
        await palette.InvokeAsync(() => palette.Instance.OpenAsync(""));
        return palette;
    }
}
