using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

/// <summary>
/// An invited operator chooses a password, sets up the second step, signs in and out, in a browser: and nothing that must
/// stay secret stands in an address, in a referrer, or in a log at its most talkative.
/// </summary>
public sealed class SecretsOfSigningIn : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private IReadOnlyCollection<LogLine> _nodeLines = [];
    private IReadOnlyCollection<LogLine> _consoleLines = [];
    private readonly List<string> _addresses = [];
    private TestServer _server = null!;
    private WebApplication _console = null!;
    private string _address = "";

    public async Task InitializeAsync()
    {
        // The programs dispose of them.
        var (nodeLog, consoleLog) = (new CapturedLog(LogLevel.Trace), new CapturedLog(LogLevel.Trace));
        (_nodeLines, _consoleLines) = (nodeLog.Lines, consoleLog.Lines);
        _server = await TestServer.StartAsync(
            options => options with { Logger = options.Logger with { Level = "debug" } },
            builder => builder.Logging.AddProvider(nodeLog));
        // As an operator would set it, for all and for one kind of output.
        string[] talkative = ["--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting", "Trace"];
        (_console, _address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{_server.ConsolePort}", _folder, configure: builder => builder.Logging.AddProvider(consoleLog), settings: talkative);
    }

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Nothing_secret_is_in_an_address_or_in_a_log()
    {
        const string password = "Correct-Horse-1-Battery";
        const string wrong = "Wrong-Horse-2-Battery";
        var (username, invitation) = await InviteAsync();
        var page = await Chromium.OpenAsync(_address);
        page.Request += (_, request) => Note(request);
        page.WebSocket += (_, socket) => { lock (_addresses) _addresses.Add(socket.Url.Split('?')[0]); };

        await page.GotoAsync($"/reset?token={Uri.EscapeDataString(invitation)}");
        await Expect(page).ToHaveURLAsync($"{_address}/reset");
        lock (_addresses) Assert.Single(_addresses, text => text.Contains(invitation, StringComparison.Ordinal));
        lock (_addresses) _addresses.RemoveAll(text => text.Contains(invitation, StringComparison.Ordinal));
        await ChooseAsync(page, password, password + "x");
        await Expect(page.Locator(".notice")).ToHaveTextAsync("The two are not the same.");
        await ChooseAsync(page, password, password);
        await page.ClickAsync("a.button");

        await ConsoleFixture.FillAsync(page, username, wrong);
        await Expect(page.Locator(".notice")).ToHaveTextAsync("Invalid credentials.");
        await ConsoleFixture.FillAsync(page, username, password);
        await Expect(page).ToHaveURLAsync($"{_address}/mfa");
        var setup = Unseal(await CookieAsync(page, "nakama-console-mfa"), "nakama-console-mfa");
        var secret = (await page.Locator(".secret code").TextContentAsync())!;
        await page.FillAsync("#code", Totp.CodeAt(secret, TimeProvider.System.GetUtcNow()));
        await page.ClickAsync("button[type=submit]");
        var recovery = await page.Locator(".recovery-codes code").AllTextContentsAsync();
        Assert.Equal(16, recovery.Count);
        await page.ClickAsync("a.button");

        await ConsoleFixture.FillAsync(page, username, password);
        await page.FillAsync("#code", recovery[0]);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        var token = Ticket(await CookieAsync(page, "nakama-console"));
        await page.ClickAsync(".side a[href='players']");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Players");
        await page.ClickAsync("#user-menu");
        await page.ClickAsync("#logout");
        await Expect(page).ToHaveURLAsync($"{_address}/login");
        using (var caller = ConsoleCaller.Bearer(_server, token)) Assert.Equal(HttpStatusCode.Unauthorized, (await caller.GetAsync("/v2/console/status")).Status);

        string[] secrets = [password, wrong, invitation, setup, secret, token, .. recovery];
        Assert.All(secrets, text => Assert.True(text.Length >= 8));
        AssertAbsent(secrets, _addresses);
        AssertAbsent(secrets, _consoleLines.Select(Text));
        AssertAbsent(secrets, _nodeLines.Select(Text));
        Assert.Contains(_consoleLines, line => line.Level == LogLevel.Trace);
        Assert.NotEmpty(_nodeLines);
        Assert.True(_server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Nakama.Server.ConsoleApi").IsEnabled(LogLevel.Debug));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_link_of_an_invitation_is_exchanged_at_once_and_sends_no_referrer()
    {
        using var visitor = new ConsoleVisitor(_address);
        using var answer = await visitor.GetAsync("/reset?token=e30.e30.e30");
        Assert.Equal((HttpStatusCode.Redirect, "/reset"), (answer.StatusCode, new Uri(new Uri(_address), answer.Headers.Location!).PathAndQuery));
        Assert.Equal("no-referrer", string.Concat(answer.Headers.GetValues("Referrer-Policy")));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), text => text.StartsWith("nakama-console-reset=", StringComparison.Ordinal));
        Assert.Contains("path=/reset", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("e30.e30.e30", cookie, StringComparison.Ordinal);

        using var page = await visitor.GetAsync("/reset");
        Assert.DoesNotContain("e30.e30.e30", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
    }

    private async Task<(string Username, string Invitation)> InviteAsync()
    {
        using var admin = ConsoleCaller.Basic(_server, "admin", "password");
        var username = Unique.Name("op");
        var invited = await admin.PostAsync(
            "/v2/console/user", new { username, email = $"{username}@example.com", mfa_required = true, acl = new { ACCOUNT = new { read = true } } });
        return (username, invited.Body.GetProperty("token").GetString()!);
    }

    private static async Task ChooseAsync(IPage page, string password, string again)
    {
        await page.FillAsync("#password", password);
        await page.FillAsync("#again", again);
        await page.ClickAsync("button[type=submit]");
    }

    private void Note(IRequest request)
    {
        lock (_addresses)
        {
            _addresses.Add(request.Url);
            if (request.Headers.TryGetValue("referer", out var referrer)) _addresses.Add(referrer);
        }
    }

    private static async Task<string> CookieAsync(IPage page, string name) =>
        (await page.Context.CookiesAsync()).Single(cookie => cookie.Name == name).Value;

    private string Unseal(string value, string purpose) => _console.Services.GetRequiredService<IDataProtectionProvider>()
        .CreateProtector(purpose).ToTimeLimitedDataProtector().Unprotect(Uri.UnescapeDataString(value));

    private string Ticket(string value) => _console.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
        .Get(CookieAuthenticationDefaults.AuthenticationScheme).TicketDataFormat.Unprotect(value)!.Principal.FindFirst("token")!.Value;

    private static string Text(LogLine line) => $"{line.Category}: {line.Text} {line.Error}";

    private static void AssertAbsent(IEnumerable<string> secrets, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            foreach (var secret in secrets)
            {
                if (text.Contains(secret, StringComparison.Ordinal) || text.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal))
                    Assert.Fail($"{secret} stands in: {text}");
            }
        }
    }
}
