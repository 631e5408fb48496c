using System.Text.RegularExpressions;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class BrowsingData(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task An_object_is_edited_with_its_faults_by_line_its_difference_and_the_changes_of_others()
    {
        var player = await Server.AuthenticateAsync();
        var collection = Unique.Name("saves");
        await WriteAsync(player, collection, """{"level": 1}""");
        var page = await fixture.SignInAsync($"/storage?collection={collection}");
        await page.ClickAsync("#storage tbody tr");
        await page.ClickAsync("#edit");
        await page.FillAsync("#edit-value", "{\n  \"level\": 2\n  \"name\": 1\n}");
        await Expect(page.Locator("#edit-value-fault")).ToHaveTextAsync("Line 3: \",\" or \"}\" expected.");

        await page.FillAsync("#edit-value", """{"level": 2, "name": "<img src=x onerror=alert(1)>"}""");
        await Expect(page.Locator("#edit-value-fault")).ToHaveTextAsync("");
        await Expect(page.Locator(".json-editor .json-key").First).ToHaveTextAsync("\"level\"");
        await page.ClickAsync("#save");
        await Expect(page.Locator("#review .diff-removed")).ToContainTextAsync("\"level\": 1");

        await WriteAsync(player, collection, """{"level": 5}""");
        await page.ClickAsync("#save");
        await Expect(page.Locator("#conflict")).ToBeVisibleAsync();
        await Expect(page.Locator("#review .diff-removed")).ToContainTextAsync("\"level\": 5");
        await page.ClickAsync("#save");
        await Expect(page.Locator(".page .json")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_a_search_finds_is_exported_and_times_are_local()
    {
        var player = await Server.AuthenticateAsync(Unique.Name("exported"));
        var page = await fixture.SignInAsync($"/players?q={player.Username}");
        await Expect(page.Locator("#accounts-range")).ToHaveTextAsync("1 to 1 of 1");
        await page.ClickAsync("#accounts-more button");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#accounts-csv"));
        Assert.Equal("accounts.csv", download.SuggestedFilename);
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        Assert.Contains(player.Username, await reader.ReadToEndAsync(), StringComparison.Ordinal);

        var time = page.Locator("#accounts time").First;
        await Expect(time).ToHaveAttributeAsync("title", new Regex(" UTC \\("));
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$", await time.Locator("local-time").EvaluateAsync<string>("element => element.shadowRoot.textContent"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Unsaved_input_is_not_lost_by_a_key_or_a_link()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/players/{player.UserId}");
        await page.ClickAsync("#edit");
        await Expect(page.Locator("#edit-username")).ToBeFocusedAsync();
        await page.FillAsync("#edit-metadata", """{"level": 7}""");
        await page.PressAsync("#edit-metadata", "Escape");
        await Expect(page.Locator("#unsaved")).ToBeVisibleAsync();
        await page.ClickAsync("#keep-editing");
        await Expect(page.Locator("#edit-metadata")).ToHaveValueAsync("""{"level": 7}""");
        await page.ClickAsync("#save");
        await Expect(page.Locator(".page .json")).ToContainTextAsync("\"level\": 7");
        await Expect(page.Locator("#edit")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Going_back_while_a_dialog_is_open_leaves_a_console_that_works()
    {
        var player = await Server.AuthenticateAsync();
        var collection = Unique.Name("saves");
        await WriteAsync(player, collection, """{"level": 1}""");
        var page = await fixture.SignInAsync($"/storage?collection={collection}");
        await page.ClickAsync("#storage tbody tr");
        await page.ClickAsync("#edit");
        await Expect(page.Locator("#edit-value")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("#storage tbody tr")).ToHaveCountAsync(1);
        await page.ClickAsync("#storage tbody tr");
        await Expect(page.Locator("#edit")).ToBeVisibleAsync();
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Text_is_copied_where_the_browser_offers_no_clipboard()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/players?q={player.Username}");
        await page.EvaluateAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await page.ClickAsync($"[aria-label='Copy {player.UserId}']");
        await Expect(page.Locator($"[aria-label='Copy {player.UserId}']")).ToHaveAttributeAsync("title", "Copied");
        await page.FocusAsync("#account-search");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("Control+v");
        await Expect(page.Locator("#account-search")).ToHaveValueAsync(player.UserId.ToString());
        await page.Context.CloseAsync();
    }

    private async Task WriteAsync(TestPlayer player, string collection, string value)
    {
        var stored = new { collection, key = "slot", value, permission_read = 2, permission_write = 1 };
        (await Server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { stored } })).Ok();
    }
}
