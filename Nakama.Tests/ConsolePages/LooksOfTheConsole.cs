using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsolePages;

public sealed class LooksOfTheConsole(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private const int LargestFirstLoad = 250 * 1024;

    /// <summary>Foreground and background as they meet on the pages, and the least contrast between them.</summary>
    private static readonly (string Front, string Back, double Least)[] Pairs =
    [
        ("--ink", "--panel", 4.5), ("--ink", "--back", 4.5), ("--ink", "--raised", 4.5),
        ("--muted", "--panel", 4.5), ("--muted", "--back", 4.5), ("--muted", "--raised", 4.5),
        ("--link", "--panel", 4.5), ("--link", "--back", 4.5), ("--accent-ink", "--accent", 4.5), ("--accent-ink", "--danger", 4.5),
        ("--good", "--good-soft", 4.5), ("--bad", "--bad-soft", 4.5), ("--bad", "--panel", 4.5), ("--warn", "--warn-soft", 4.5),
        ("--side-ink", "--side", 4.5), ("--side-on", "--side-hover", 4.5),
        ("--edge", "--panel", 3), ("--edge", "--back", 3), ("--accent", "--panel", 3), ("--accent", "--back", 3),
        .. Enumerable.Range(1, 8).Select(i => (string.Create(CultureInfo.InvariantCulture, $"--series-{i}"), "--panel", 3.0)),
    ];

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task Every_page_fits_its_window_and_says_nothing_wrong(int width, ColorScheme scheme)
    {
        var player = await fixture.Server.AuthenticateAsync();
        var group = await AddDataAsync(player);
        var page = await Chromium.OpenAsync(fixture.Address, width, scheme);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add($"{message.Type} at {page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");

        await page.GotoAsync("/login");
        await AssertFitsAsync(page);
        await ConsoleFixture.FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await page.WaitForSelectorAsync("#nodes tbody tr");
        await AssertFitsAsync(page);
        string[] paths =
        [
            "/players", "/groups", $"/groups/{group}?tab=members", "/storage", $"/storage/saves/slot/{player.UserId}", "/leaderboards",
            "/notifications", "/payments", "/payments/subscriptions", "/chat?room=lobby",
            .. new[] { "authentication", "wallet", "storage", "friends", "groups", "payments", "notifications", "raw" }.Select(tab => $"/players/{player.UserId}?tab={tab}"),
            $"/players/{player.UserId}",
        ];
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await page.WaitForSelectorAsync(".page :is(tbody tr, .empty, .json, .facts, .links)");
            await AssertFitsAsync(page);
        }

        await page.ClickAsync("#edit");
        await page.WaitForSelectorAsync("#save");
        await AssertFitsAsync(page);
        await page.GotoAsync("/settings/configuration");
        await page.WaitForSelectorAsync("#settings tbody tr");
        await AssertFitsAsync(page);
        Assert.Empty(complaints);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Texts_and_edges_stand_out_from_what_is_behind_them(string theme)
    {
        var page = await Chromium.OpenAsync(fixture.Address, 1280, theme == "dark" ? ColorScheme.Dark : ColorScheme.Light);
        await page.GotoAsync("/login");
        var colours = await page.EvaluateAsync<JsonElement>(
            "names => Object.fromEntries(names.map(name => [name, getComputedStyle(document.documentElement).getPropertyValue(name).trim()]))",
            Pairs.SelectMany(pair => new[] { pair.Front, pair.Back }).Distinct().ToArray());
        Assert.Equal(theme, await page.GetAttributeAsync("html", "data-theme"));
        Assert.Empty(
            from pair in Pairs
            let contrast = Contrast(colours.GetProperty(pair.Front).GetString()!, colours.GetProperty(pair.Back).GetString()!)
            where contrast < pair.Least
            select string.Create(CultureInfo.InvariantCulture, $"{pair.Front} on {pair.Back}: {contrast:0.00} instead of {pair.Least}"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/players")]
    public async Task The_first_load_is_small(string path)
    {
        var page = await fixture.SignInAsync();
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        double bytes = 0;
        session.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        Assert.InRange(bytes, 50_000, LargestFirstLoad);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Nothing_runs_that_is_not_of_this_site()
    {
        using var http = new HttpClient { BaseAddress = new Uri(fixture.Address) };
        using var response = await http.GetAsync(new Uri("/login", UriKind.Relative));
        Assert.Contains(
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            response.Headers.GetValues("Content-Security-Policy"));
    }

    /// <summary>One of what the pages list; the id of the group.</summary>
    private async Task<string> AddDataAsync(TestPlayer player)
    {
        var stored = new { collection = "saves", key = "slot", value = """{"level": 7, "name": "<b>"}""", permission_read = 2, permission_write = 1 };
        (await fixture.Server.AsAsync(player.Token, "PUT /v2/storage", new { objects = new[] { stored } })).Ok();
        return (await fixture.Server.AsAsync(player.Token, "POST /v2/group", new { name = Unique.Name("group"), open = true })).Ok().Text("id");
    }

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.Equal((page.Url, 0), (page.Url, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - innerWidth)")));

    private static double Contrast(string first, string second)
    {
        var (a, b) = (Luminance(first), Luminance(second));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Relative luminance of a colour such as <c>#1a2233</c>, as WCAG defines it.</summary>
    private static double Luminance(string colour) =>
        0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
