using Microsoft.Playwright;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

/// <summary>The live and the settings screens in a browser, in front of a node with players.</summary>
public sealed class LookingAtLiveScreens(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_match_is_found_followed_and_ended()
    {
        var player = await Server.AuthenticateAsync();
        await using var socket = await Server.OpenSocketAsync(player);
        var id = (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString()!;
        var page = await fixture.SignInAsync($"/matches?q={id}");

        await page.Locator("#matches tbody tr a").First.ClickAsync();
        await Expect(page.Locator("#match-presences tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#match-presences")).ToContainTextAsync(player.Username);

        await page.ClickAsync("#end-match");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "End match" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The match has ended.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_session_appears_by_itself_and_is_closed()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/sessions?q={player.Username}");
        await Expect(page.Locator("main")).ToContainTextAsync("No open session is found by this.");

        await using var socket = await Server.OpenSocketAsync(player);
        await Expect(page.Locator("#sessions tbody tr")).ToHaveCountAsync(1);
        await page.ClickAsync($"[aria-label='Disconnect {player.Username}']");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();

        Assert.Null(await socket.ReceiveBytesAsync());
        await Expect(page.Locator("#sessions")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_waiting_ticket_explains_why_it_finds_nobody()
    {
        var player = await Server.AuthenticateAsync();
        await using var socket = await Server.OpenSocketAsync(player);
        await socket.AskAsync(
            """
            "matchmaker_add":{"query":"+properties.region:moon","min_count":2,"max_count":2,"string_properties":{"region":"earth"}}
            """);
        var page = await fixture.SignInAsync($"/matchmaker?q={player.Username}");

        await page.Locator("#tickets tbody tr a").First.ClickAsync();

        await Expect(page.Locator("#verdict")).Not.ToBeEmptyAsync();
        await Expect(page.Locator("#query-tree")).ToContainTextAsync("+properties.region:moon");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_file_of_objects_is_imported_and_one_with_a_wrong_line_is_not()
    {
        const string header = "collection,key,user_id,value,permission_read,permission_write\n";
        var player = await Server.AuthenticateAsync();
        var collection = Unique.Name("imported");
        var page = await fixture.SignInAsync("/settings/data");
        await ImportAsync(page, $"{header}{collection},slot,{player.UserId},{{}},1,1\n{collection},other,nobody,{{}},1,1\n");
        await Expect(page.Locator("#import-fault")).ToContainTextAsync("invalid user ID on");
        await ImportAsync(page, $"{header}{collection},slot,{player.UserId},{{}},1,1\n");
        await Expect(page.Locator("#import-done")).ToHaveTextAsync("objects.csv is imported.");

        await page.GotoAsync($"/storage?collection={collection}");
        await Expect(page.Locator("#storage tbody tr")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Times_are_local_until_the_setting_makes_them_utc_for_all()
    {
        var player = await Server.AuthenticateAsync();
        var page = await fixture.SignInAsync($"/players?q={player.Username}");
        var other = await fixture.SignInAsync("/settings/general");
        await Expect(page.Locator("#accounts tbody tr")).ToHaveCountAsync(1);
        Assert.False(await IsUtcAsync(page));

        await other.Locator("#utc-toggle").ClickAsync();
        await Expect(other.Locator("#utc-tag")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#utc-tag")).ToBeVisibleAsync();
        await Expect(page.Locator("#accounts tbody tr")).ToHaveCountAsync(1);
        Assert.True(await IsUtcAsync(page));

        await other.Locator("#utc-toggle").ClickAsync();
        await Expect(other.Locator("#utc-tag")).ToHaveCountAsync(0);
        await other.Context.CloseAsync();
        await page.Context.CloseAsync();

        static Task<bool> IsUtcAsync(IPage page) => page.Locator("#accounts local-time").First.EvaluateAsync<bool>(
            "time => time.textContent === `${time.shadowRoot.textContent} UTC`");
    }

    private static Task ImportAsync(IPage page, string content) => page.SetInputFilesAsync(
        "#import-file", new FilePayload { Name = "objects.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });
}
