using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nakama.Tests.Authentication;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class UsingTheConsole(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_leads_to_where_one_wanted_to_go()
    {
        var page = await Chromium.OpenAsync(fixture.Address);
        await page.GotoAsync("/players?q=someone");
        await Expect(page).ToHaveURLAsync(new Regex("/login\\?"));

        await ConsoleFixture.FillAsync(page, "nobody-here", "wrong");
        await Expect(page.Locator(".notice")).ToHaveTextAsync("Invalid credentials.");
        await ConsoleFixture.FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page).ToHaveURLAsync(new Regex("/players\\?q=someone$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_dashboard_s_numbers_move_while_a_player_comes_and_goes()
    {
        var page = await fixture.SignInAsync();
        await Expect(page.Locator("#feed-state")).ToHaveTextAsync("Live");
        await Expect(page.Locator("#nodes tbody tr")).ToHaveCountAsync(1);
        var sessions = page.Locator("#counter-sessions strong");
        await Expect(sessions).ToHaveTextAsync("0");

        var player = await Server.AuthenticateAsync();
        await using (await Server.OpenSocketAsync(player))
        {
            await Expect(sessions).ToHaveTextAsync("1");
            await Expect(page.Locator("#card-sessions .card-value")).ToHaveTextAsync("1");
        }

        await Expect(sessions).ToHaveTextAsync("0");
        await Expect(page.Locator("#chart-0 .chart-now strong")).Not.ToHaveTextAsync("–");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_player_is_searched_edited_and_banned()
    {
        var player = await Server.AuthenticateAsync();
        await using var socket = await Server.OpenSocketAsync(player);
        var page = await fixture.SignInAsync("/players");
        await page.FillAsync("#account-search", $"%{player.Username[2..]}");
        await page.PressAsync("#account-search", "Enter");
        await Expect(page.Locator("#accounts-range")).ToHaveTextAsync("1 to 1 of 1");
        await page.ClickAsync("#accounts tbody tr");
        await Expect(page.Locator("h1")).ToContainTextAsync(player.Username);

        await page.ClickAsync("#edit");
        await page.FillAsync("#edit-metadata", "[1]");
        await page.ClickAsync("#save");
        await Expect(page.Locator("#form-fault")).ToHaveTextAsync("Metadata: This must be a JSON object.");
        await page.FillAsync("#edit-metadata", """{"level": 7}""");
        await page.FillAsync("#edit-location", "Lisbon <3");
        await page.ClickAsync("#save");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Lisbon <3");

        await page.ClickAsync("#ban");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(page.Locator("#banned-tag")).ToBeVisibleAsync();
        await socket.ReceiveAsync("notifications");
        Assert.Null(await socket.ReceiveBytesAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_player_is_forgotten_only_after_the_word_is_typed()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/players/{player.UserId}");
        await page.ClickAsync("#more button");
        await page.ClickAsync("#forget");
        await Expect(page.Locator("#confirm-delete")).ToBeDisabledAsync();
        await page.FillAsync("#confirm-word", "delete");
        await page.ClickAsync("#confirm-delete");
        await Expect(page).ToHaveURLAsync(new Regex("/players$"));

        await page.Locator("#tombstones").ClickAsync();
        await Expect(page.Locator("#tombstones-table")).ToContainTextAsync(player.UserId.ToString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_palette_finds_pages_and_players_by_keyboard()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(player.Username);
        await Expect(page.Locator("#palette-input")).ToHaveValueAsync(player.Username);
        await Expect(page.Locator("#palette-0")).ToContainTextAsync(player.Username);
        await page.PressAsync("#palette-input", "Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/players/{player.UserId}$"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_palette_loses_no_letter_and_no_enter_however_fast_one_types()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(player.Username);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/players/{player.UserId}$"));
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_search_finds_an_object_by_its_text_and_keeps_its_filters_in_the_address()
    {
        var player = await Server.AuthenticateAsync();
        var word = Unique.Name("w");
        var stored = new { collection = "saves", key = "slot/1", value = $$"""{"text": "the {{word}} sword"}""" };
        (await Server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { stored } })).Ok();
        var page = await fixture.SignInAsync();
        var found = page.Locator("#search-hits a", new() { HasText = "slot/1" });
        await SocketNode.UntilAsync(async () =>
        {
            await page.GotoAsync($"/search?q={word}");
            await page.WaitForSelectorAsync(".shell[data-live=true]");
            await Expect(page.Locator(".pager")).ToContainTextAsync("rows");
            return await found.CountAsync() == 1;
        });
        await Expect(page.Locator("#search-hits mark")).ToHaveTextAsync(word);

        await page.SelectOptionAsync("#search-kind", "group");
        await Expect(page).ToHaveURLAsync(new Regex($"/search\\?q={word}&kind=group$"));
        await Expect(found).ToHaveCountAsync(0);
        await page.SelectOptionAsync("#search-kind", "object");
        await found.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/storage/saves/slot%2F1/{player.UserId}$"));
        await Expect(page.Locator("#page")).ToContainTextAsync(word);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_unknown_address_is_not_found_and_the_navigation_is_still_there()
    {
        var page = await fixture.SignInAsync();
        var response = await page.GotoAsync("/no/such/page");
        Assert.Equal(404, response!.Status);
        await Expect(page.Locator("h1")).ToHaveTextAsync("There is no such page");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page.Locator("h1")).ToHaveTextAsync("There is no such page");
        await page.ClickAsync(".side a[href='players']");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Players");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_chosen_theme_is_remembered()
    {
        var page = await fixture.SignInAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await page.ClickAsync(".top [data-action=toggle-theme]");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task After_logging_out_every_page_asks_to_sign_in()
    {
        var page = await fixture.SignInAsync();
        await page.ClickAsync("#user-menu");
        await page.ClickAsync("#logout");
        await Expect(page).ToHaveURLAsync(new Regex("/login$"));
        await page.GotoAsync("/players");
        await Expect(page.Locator("#username")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Tools_reach_the_console_api_through_the_console()
    {
        using var http = new HttpClient { BaseAddress = new Uri(fixture.Address) };
        using var refused = await http.GetAsync(new Uri("/v2/console/account/a%2Fb", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String("admin:password"u8));
        var status = await http.GetStringAsync(new Uri("/v2/console/status", UriKind.Relative));
        Assert.Contains("\"session_count\"", status, StringComparison.Ordinal);
    }
}
