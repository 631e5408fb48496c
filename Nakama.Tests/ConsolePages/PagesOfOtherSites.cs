using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nakama.Tests.TestHost;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

/// <summary>What a page of another site can make the browser of an operator do.</summary>
public sealed class PagesOfOtherSites(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private const string Foreign = "https://elsewhere.example";

    private string Own => fixture.Address;

    private ConsoleVisitor Operator() => ConsoleVisitor.SignedIn(fixture.Services, fixture.Server, Own);

    [Fact]
    public async Task A_form_that_comes_from_elsewhere_is_refused_whatever_it_holds()
    {
        using var visitor = new ConsoleVisitor(Own);
        foreach (var origin in new[] { Foreign, "null", "http://127.0.0.1:1", "http://127.0.0.1", "garbage" })
        {
            using var refused = await visitor.PostLoginAsync("admin", "password", origin);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.False(await visitor.IsSignedInAsync());
        using (var taken = await visitor.PostLoginAsync("admin", "password", Own)) await AssertSignedInAsync(taken);
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/mfa")]
    [InlineData("/reset")]
    [InlineData("/logout")]
    public async Task A_form_without_the_token_of_its_page_is_refused(string path)
    {
        using var visitor = Operator();
        var fields = ConsoleVisitor.Login(null, "admin", "password");
        fields["_handler"] = path[1..];

        using var refused = await visitor.PostAsync(path, fields, Own);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task Only_the_form_of_the_own_page_logs_out()
    {
        using var visitor = Operator();
        var (token, _) = await visitor.ReadFormAsync("/players");
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = token };

        using (var got = await visitor.GetAsync("/logout")) Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        using (var got = await visitor.GetAsync("/logout?expired=1")) Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        using (var foreign = await visitor.PostAsync("/logout", fields, Foreign)) Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using (var foreign = await visitor.PostAsync("/logout", fields, fetchSite: "same-site")) Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.True(await visitor.IsSignedInAsync());

        using (var own = await visitor.PostAsync("/logout", fields, Own)) Assert.Equal(HttpStatusCode.Redirect, own.StatusCode);
        Assert.False(await visitor.IsSignedInAsync());
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_for_scripts_and_forms_of_other_sites()
    {
        using var visitor = new ConsoleVisitor(Own);
        using var answer = await visitor.PostLoginAsync("admin", "password");
        await AssertSignedInAsync(answer);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), text => text.StartsWith("nakama-console=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_live_connection_is_refused_to_pages_of_other_sites_and_open_to_the_own()
    {
        using var visitor = Operator();
        foreach (var origin in new[] { Foreign, "null", "http://127.0.0.1:1" })
        {
            using var negotiated = await visitor.NegotiateAsync(origin);
            Assert.Equal(HttpStatusCode.Forbidden, negotiated.StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync(origin)).Status);
        }

        using (var negotiated = await visitor.NegotiateAsync(fetchSite: "cross-site")) Assert.Equal(HttpStatusCode.Forbidden, negotiated.StatusCode);
        using (var negotiated = await visitor.NegotiateAsync(Own)) Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
        var (socket, status) = await visitor.OpenAsync(Own);
        using (socket) Assert.Equal(HttpStatusCode.SwitchingProtocols, status);
    }

    [Fact]
    public async Task Pages_are_for_no_other_site_to_read_and_the_api_is()
    {
        using var visitor = Operator();
        visitor.Headers.Add("Origin", Foreign);
        foreach (var path in new[] { "/", "/players", "/login", "/console.css" })
        {
            using var page = await visitor.GetAsync(path);
            Assert.DoesNotContain(page.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }

        // The cookie opens the pages and nothing below the API.
        using (var refused = await visitor.GetAsync("/v2/console/status")) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        visitor.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("admin:password"u8));
        using var status = await visitor.GetAsync("/v2/console/status");
        Assert.Equal((HttpStatusCode.OK, "*"), (status.StatusCode, string.Concat(status.Headers.GetValues("Access-Control-Allow-Origin"))));
        Assert.False(status.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task An_address_behind_a_proxy_is_the_own_where_the_settings_name_it()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
        var (console, address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}", folder, settings: ["--Console:Origins", "https://console.example; https://other.example:8443"]);
        await using (console)
        {
            using var visitor = new ConsoleVisitor(address);
            using (var refused = await visitor.PostLoginAsync("admin", "password", "http://console.example")) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            using (var taken = await visitor.PostLoginAsync("admin", "wrong", "https://console.example")) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The other page is on another port of the same machine, so that the browser does send the cookies along.</summary>
    [Fact]
    public async Task In_a_browser_a_page_of_another_site_neither_acts_nor_reads_nor_connects()
    {
        await using var elsewhere = await StartElsewhereAsync();
        var page = await fixture.SignInAsync();
        await page.GotoAsync(elsewhere.Urls.Single());

        Assert.Equal("refused", await page.EvaluateAsync<string>(
            "async a => { try { return await (await fetch(a + '/players', { credentials: 'include' })).text(); } catch { return 'refused'; } }", Own));
        Assert.Equal("error", await page.EvaluateAsync<string>(
            "a => new Promise(done => { const s = new WebSocket(a.replace('http', 'ws') + '/_blazor'); s.onopen = () => done('open'); s.onerror = () => done('error'); })", Own));
        Assert.Equal("opaque", await page.EvaluateAsync<string>(
            "async a => (await fetch(a + '/logout', { method: 'POST', mode: 'no-cors', credentials: 'include' })).type", Own));

        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(
                "a => { const f = document.createElement('form'); f.method = 'post'; f.action = a + '/logout'; document.body.append(f); f.submit(); }", Own),
            response => response.Url.EndsWith("/logout", StringComparison.Ordinal));
        Assert.Equal(403, answer.Status);
        await page.WaitForURLAsync($"{Own}/logout");

        await page.GotoAsync($"{Own}/players");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Players");
        await page.WaitForSelectorAsync(".shell[data-live=true]");
        await page.Context.CloseAsync();
    }

    private static async Task AssertSignedInAsync(HttpResponseMessage answer) =>
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());

    private static async Task<WebApplication> StartElsewhereAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add($"http://127.0.0.1:{FreePorts.One()}");
        site.MapGet("/", () => Results.Content("<!DOCTYPE html><title>Elsewhere</title><body></body>", "text/html"));
        await site.StartAsync();
        return site;
    }
}
