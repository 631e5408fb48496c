using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Nakama.Server.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsolePages;

/// <summary>Somebody at the console without a browser: cookies, forms and nothing that a browser would add or leave out.</summary>
internal sealed partial class ConsoleVisitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private readonly Uri _address;

    public ConsoleVisitor(string address)
    {
        _address = new Uri(address);
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = _address };
    }

    /// <summary>What every request carries besides, such as where it comes from.</summary>
    public System.Net.Http.Headers.HttpRequestHeaders Headers => _http.DefaultRequestHeaders;

    /// <summary>An administrator who has signed in; the cookie is made here, as passwords take long to check.</summary>
    public static ConsoleVisitor SignedIn(IServiceProvider console, TestServer server, string address)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var token = server.Services.GetRequiredService<ConsoleTokens>().Issue(Guid.NewGuid(), "op", "", ConsoleAcl.Admin, TimeProvider.System.GetUtcNow());
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "op"), new Claim("token", token)], scheme);
        var options = console.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var visitor = new ConsoleVisitor(address);
        visitor._cookies.Add(visitor._address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), scheme)))
        {
            HttpOnly = true,
        });
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Whether a page for operators shows, instead of a way to the login page.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var page = await GetAsync("/players");
        return page.StatusCode == HttpStatusCode.OK;
    }

    public async Task<HttpResponseMessage> PostLoginAsync(string username, string password, string? origin = null)
    {
        var (token, _) = await ReadFormAsync("/login");
        return await PostAsync("/login", Login(token, username, password), origin);
    }

    public static Dictionary<string, string> Login(string? token, string username, string password)
    {
        var fields = new Dictionary<string, string> { ["_handler"] = "login", ["Form.Username"] = username, ["Form.Password"] = password };
        if (token is not null) fields["__RequestVerificationToken"] = token;
        return fields;
    }

    /// <summary>The token of the form on a page, and the page.</summary>
    public async Task<(string Token, string Page)> ReadFormAsync(string path)
    {
        using var response = await GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        return (FormToken().Match(page).Groups[1].Value, page);
    }

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields, string? origin = null, string? fetchSite = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (fetchSite is not null) request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> NegotiateAsync(string? origin = null, string? fetchSite = null) =>
        PostAsync("/_blazor/negotiate?negotiateVersion=1", [], origin, fetchSite);

    /// <summary>Opens the WebSocket of a live page; the status of a refusal otherwise.</summary>
    public async Task<(ClientWebSocket? Socket, HttpStatusCode Status)> OpenAsync(string? origin = null, string query = "")
    {
        var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true, Cookies = _cookies } };
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        foreach (var (name, values) in Headers) socket.Options.SetRequestHeader(name, string.Join(", ", values));
        try
        {
            await socket.ConnectAsync(new UriBuilder(_address) { Scheme = "ws", Path = "/_blazor", Query = query }.Uri, CancellationToken.None);
            return (socket, socket.HttpStatusCode);
        }
        catch (WebSocketException)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            return (null, status);
        }
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
