using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

public sealed class ConsoleBelowAPath(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>, IAsyncLifetime
{
    private const string BasePath = "/ops/console";
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private WebApplication _console = null!;
    private string _address = "";

    public async Task InitializeAsync() =>
        (_console, _address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}", _folder, settings: ["--Console:BasePath", $"{BasePath}/"]);

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Pages_files_cookies_and_live_connections_are_all_below_the_path()
    {
        var player = await fixture.Server.AuthenticateAsync();
        var page = await Chromium.OpenAsync(_address);
        var elsewhere = new List<string>();
        page.Request += (_, request) => Note(request.Url);
        page.WebSocket += (_, socket) => Note(socket.Url);
        await page.GotoAsync($"{BasePath}?q=x");
        await Expect(page).ToHaveURLAsync(new Regex($"{BasePath}/login\\?return="));
        await ConsoleFixture.FillAsync(page, "admin", "password");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page).ToHaveURLAsync(new Regex($"{BasePath}/(\\?q=x)?$"));

        await page.ClickAsync(".side a[href='players']");
        await page.FillAsync("#account-search", player.Username);
        await page.PressAsync("#account-search", "Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"{BasePath}/players\\?q="));
        await Expect(page.Locator("#accounts tbody tr")).ToHaveCountAsync(1);
        await page.ClickAsync($"#accounts a[href='players/{player.UserId}']");
        await page.ClickAsync("#edit");
        await Expect(page.Locator(".json-editor[data-ready]")).ToBeAttachedAsync();
        await page.ClickAsync("#cancel");
        await page.ClickAsync(".breadcrumbs a");
        await Expect(page).ToHaveURLAsync(new Regex($"{BasePath}/players$"));
        await page.ClickAsync("[data-action=toggle-theme]");
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        Assert.All(await page.Context.CookiesAsync(), cookie => Assert.StartsWith(BasePath, cookie.Path, StringComparison.Ordinal));

        await page.ClickAsync("#user-menu");
        await page.ClickAsync("#logout");
        await Expect(page).ToHaveURLAsync(new Regex($"{BasePath}/login$"));
        Assert.Empty(elsewhere);
        await page.Context.CloseAsync();

        void Note(string url)
        {
            if (new Uri(url) is { Scheme: "http" or "ws" } address && address.AbsolutePath != BasePath && !address.AbsolutePath.StartsWith($"{BasePath}/", StringComparison.Ordinal))
                elsewhere.Add(url);
        }
    }

    [Fact]
    public async Task The_api_answers_below_the_path_and_without_it_as_a_proxy_may_take_it_off()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_address) };
        foreach (var path in (string[])["/v2/console/storage/a%2Fb/key/x", $"{BasePath}/v2/console/storage/a%2Fb/key/x"])
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var stripped = await http.GetAsync(new Uri("/players", UriKind.Relative));
        Assert.Equal($"{BasePath}/login", stripped.Headers.Location!.IsAbsoluteUri ? stripped.Headers.Location.AbsolutePath : stripped.Headers.Location.OriginalString.Split('?')[0]);
        using var other = await http.GetAsync(new Uri("/ops/consoles", UriKind.Relative));
        Assert.NotEqual(HttpStatusCode.OK, other.StatusCode);
    }
}
