using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.ConsolePages;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsoleOidc;

/// <summary>Operators go through the issuer into the console, in a browser.</summary>
public sealed partial class SigningInWithOpenIdConnect(OidcFixture fixture) : IClassFixture<OidcFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private readonly List<WebApplication> _consoles = [];

    private TestIssuer Issuer => fixture.Issuer;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var console in _consoles) await console.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_operator_signs_in_at_the_issuer_and_comes_to_the_page_that_was_wanted_and_nothing_secret_is_logged()
    {
        // The console disposes of it.
        var log = new CapturedLog(LogLevel.Trace);
        var lines = log.Lines;
        var (console, address) = await StartAsync(
            builder => builder.Logging.AddProvider(log), "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        var person = Issuer.Add(Unique.Name("op"), isVerified: true, "support");
        var page = await Chromium.OpenAsync(address);
        var addresses = new List<string>();
        page.Request += (_, request) => { lock (addresses) addresses.Add(request.Url); };

        await page.GotoAsync("/players?q=x");
        await Expect(page.Locator("#username")).ToBeVisibleAsync();
        await GoAsync(page, person.Name);
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page).ToHaveURLAsync($"{address}/players?q=x");
        await Expect(page.Locator(".side a[href='players']")).ToBeVisibleAsync();

        var cookies = await page.Context.CookiesAsync();
        var token = Ticket(console, cookies.Single(cookie => cookie.Name == "nakama-console").Value);
        using (var op = ConsoleCaller.Bearer(fixture.Server, token)) Assert.Equal(HttpStatusCode.OK, (await op.GetAsync("/v2/console/account")).Status);
        Assert.DoesNotContain(cookies, cookie => cookie.Name.Contains("Nonce", StringComparison.Ordinal) || cookie.Name.Contains("Correlation", StringComparison.Ordinal));

        string code;
        lock (addresses) code = addresses.Select(text => Code().Match(text)).Single(match => match.Success).Groups[1].Value;
        foreach (var line in lines)
        {
            var text = $"{line.Category}: {line.Text} {line.Error}";
            Assert.DoesNotContain(code[^40..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestIssuer.ClientSecret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            // ID tokens begin like this.
            Assert.DoesNotContain("eyJhbGciOiJSUzI1NiI", text, StringComparison.Ordinal);
        }

        Assert.Contains(lines, line => line.Level == LogLevel.Trace);
        await page.ClickAsync("#user-menu");
        await page.ClickAsync("#logout");
        await Expect(page).ToHaveURLAsync($"{address}/login");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_has_no_role_or_is_not_known_reads_why_on_the_login_page_and_only_once()
    {
        var (_, address) = await StartAsync();
        var person = Issuer.Add(Unique.Name("op"), isVerified: true, "no-such-role");
        var page = await Chromium.OpenAsync(address);
        await page.GotoAsync("/login");
        await GoAsync(page, person.Name);
        await Expect(page.Locator(".notice")).ToHaveTextAsync("Your account has no role for this console.");
        await GoAsync(page, Unique.Name("nobody"));
        await Expect(page.Locator(".notice")).ToHaveTextAsync("Example did not let you in.");
        await page.ReloadAsync();
        await Expect(page.Locator("#oidc")).ToBeVisibleAsync();
        await Expect(page.Locator(".notice")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_second_step_is_set_up_and_then_asked_for_after_the_issuer()
    {
        var (_, address) = await StartAsync();
        var person = Issuer.Add(Unique.Name("op"), isVerified: true, "support");
        await ConsoleCaller.InsertAsync(fixture.Server, person.Name, """{"admin": false}""", null);
        await OidcFixture.AskAsync<object>(fixture.Server, "UPDATE console_user SET mfa_required = true WHERE username = $1", person.Name);
        var page = await Chromium.OpenAsync(address);

        await page.GotoAsync("/login");
        await GoAsync(page, person.Name);
        await Expect(page).ToHaveURLAsync($"{address}/mfa");
        var secret = (await page.Locator(".secret code").TextContentAsync())!;
        await SubmitCodeAsync(page, Totp.CodeAt(secret, TimeProvider.System.GetUtcNow()));
        var recovery = await page.Locator(".recovery-codes code").AllTextContentsAsync();
        await page.ClickAsync("a.button");

        await page.GotoAsync("/login?return=%2Fgroups");
        await GoAsync(page, person.Name);
        await Expect(page.Locator("#code")).ToBeVisibleAsync();
        await Expect(page.Locator("#password")).ToHaveCountAsync(0);
        await SubmitCodeAsync(page, "00000000");
        await Expect(page.Locator(".notice")).ToContainTextAsync("MFA code");
        await SubmitCodeAsync(page, recovery[0]);
        await Expect(page).ToHaveURLAsync($"{address}/groups");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task It_works_below_a_path_and_without_passwords()
    {
        var (_, address) = await StartAsync(null, "--Console:BasePath", "/ops/console", "--Console:Oidc:Only", "true");
        Issuer.Register($"{address}/ops/console");
        var person = Issuer.Add(Unique.Name("op"), isVerified: false, "support");
        var page = await Chromium.OpenAsync(address);
        await page.GotoAsync("/ops/console/players");
        await Expect(page.Locator("#oidc")).ToBeVisibleAsync();
        await Expect(page.Locator("#password")).ToHaveCountAsync(0);
        await GoAsync(page, person.Name);
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await Expect(page).ToHaveURLAsync($"{address}/ops/console/players");
        Assert.All(await page.Context.CookiesAsync([$"{address}/ops/console"]), cookie => Assert.StartsWith("/ops/console", cookie.Path, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/")]
    [InlineData("/\\evil.example.com")]
    [InlineData("/\t/evil.example.com")]
    public async Task Nobody_can_make_the_sign_in_end_on_another_site(string target)
    {
        var (_, address) = await StartAsync();
        var person = Issuer.Add(Unique.Name("op"), isVerified: true, "support");
        var page = await Chromium.OpenAsync(address);
        await page.GotoAsync($"/login/oidc?return={Uri.EscapeDataString(target)}");
        await page.FillAsync("#person", person.Name);
        await page.ClickAsync("button[type=submit]");
        await page.WaitForSelectorAsync(".shell");
        Assert.Equal($"{address}/", page.Url);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Answers_that_were_not_asked_for_in_this_browser_sign_nobody_in()
    {
        var (_, address) = await StartAsync();
        using var visitor = new ConsoleVisitor(address);
        string[] forged = ["", "?code=abc", "?code=abc&state=def", "?error=server_error", "?id_token=e30.e30.e30&state=x"];
        foreach (var query in forged)
        {
            using var answer = await visitor.GetAsync($"/login/oidc/callback{query}");
            Assert.Equal((HttpStatusCode.Redirect, "/login?return=%2F"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        }

        // The state of one browser's sign-in in the address that another one opens.
        var begun = await BeginAsync(visitor, "");
        using var other = new ConsoleVisitor(address);
        using var stolen = await other.GetAsync($"/login/oidc/callback?code=abc&state={Uri.EscapeDataString(Parameter(begun, "state"))}");
        Assert.StartsWith("/login?", stolen.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(await other.IsSignedInAsync());
        using var page = await other.GetAsync("/login");
        Assert.Contains("The sign-in with Example failed. Try again.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_has_state_nonce_and_a_challenge_and_the_address_that_browsers_know()
    {
        var (_, address) = await StartAsync(null, "--Console:Origins", "https://console.example.com");
        using var visitor = new ConsoleVisitor(address);
        var begun = await BeginAsync(visitor, "?return=%2Fplayers");
        Assert.Equal("https://console.example.com/login/oidc/callback", Parameter(begun, "redirect_uri"));
        Assert.Equal("S256", Parameter(begun, "code_challenge_method"));
        Assert.Equal("code", Parameter(begun, "response_type"));
        Assert.Equal("openid profile email", Parameter(begun, "scope"));
        Assert.All((string[])["state", "nonce", "code_challenge"], name => Assert.True(Parameter(begun, name).Length >= 43));
    }

    [Fact]
    public async Task No_link_logs_an_operator_out()
    {
        var (console, address) = await StartAsync();
        using var visitor = ConsoleVisitor.SignedIn(console.Services, fixture.Server, address);
        foreach (var path in (string[])["/signout-oidc", "/signout-callback-oidc"])
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_named_on_the_login_page()
    {
        var (console, address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}", _folder, null, null,
            "--Console:Oidc:Issuer", $"http://127.0.0.1:{FreePorts.One()}", "--Console:Oidc:ClientId", "c", "--Console:Oidc:Name", "Example");
        _consoles.Add(console);
        using var visitor = new ConsoleVisitor(address);
        using var answer = await visitor.GetAsync("/login/oidc");
        Assert.Equal("/login?return=%2F", answer.Headers.Location!.OriginalString);
        using var page = await visitor.GetAsync("/login");
        Assert.Contains("Example does not answer. Try again later.", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Console:Oidc:Issuer", "http://issuer.example.com", "--Console:Oidc:ClientId", "c")]
    [InlineData("--Console:Oidc:Issuer", "https://issuer.example.com")]
    [InlineData("--Console:Oidc:Issuer", "https://issuer.example.com", "--Console:Oidc:ClientId", "c", "--Console:Oidc:Scopes", "profile")]
    [InlineData("--Console:Oidc:Only", "true")]
    public void Settings_that_cannot_work_end_the_start(params string[] settings) =>
        Assert.Throws<InvalidOperationException>(() => Nakama.Console.Shell.ConsoleApp.Create(settings));

    private async Task<(WebApplication Console, string Address)> StartAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings)
    {
        var (console, address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}",
            _folder,
            null,
            builder =>
            {
                // The first answer of an issuer that has just started takes longer than the console waits on a busy machine.
                builder.Services.PostConfigure<OpenIdConnectOptions>(
                    OpenIdConnectDefaults.AuthenticationScheme, static options => options.Backchannel.Timeout = TestSocket.Patience);
                configure?.Invoke(builder);
            },
            [.. Issuer.Settings, .. settings]);
        _consoles.Add(console);
        Issuer.Register(address);
        return (console, address);
    }

    /// <summary>From the login page through the issuer.</summary>
    private static async Task GoAsync(IPage page, string person)
    {
        await page.ClickAsync("#oidc");
        await page.FillAsync("#person", person);
        await page.ClickAsync("button[type=submit]");
    }

    private static async Task SubmitCodeAsync(IPage page, string code)
    {
        await page.FillAsync("#code", code);
        await page.ClickAsync("button[type=submit]");
    }

    /// <summary>The address at the issuer that the browser is sent to.</summary>
    private static async Task<Uri> BeginAsync(ConsoleVisitor visitor, string query)
    {
        using var answer = await visitor.GetAsync($"/login/oidc{query}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static string Parameter(Uri address, string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query)[name].ToString();

    private static string Ticket(WebApplication console, string value) => console.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
        .Get(CookieAuthenticationDefaults.AuthenticationScheme).TicketDataFormat.Unprotect(value)!.Principal.FindFirst("token")!.Value;

    [GeneratedRegex("[?&]code=([^&]+)")]
    private static partial Regex Code();
}
