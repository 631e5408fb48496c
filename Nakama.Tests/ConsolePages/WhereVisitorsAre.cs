using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Nakama.Server.Api;
using Nakama.Server.Transport;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsolePages;

/// <summary>A node counts sign-ins by the address of the browser, as the console and the proxies that it trusts tell it.</summary>
public sealed class WhereVisitorsAre : IAsyncLifetime
{
    private const string Browser = "203.0.113.7";
    private const string Claimed = "192.0.2.99";
    private const string Proxy = "10.1.2.3";

    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
    private readonly List<string> _seen = [];
    private readonly ClientAddresses _addresses = new(new SocketOptions(), NullLogger<ClientAddresses>.Instance);
    private WebApplication _node = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _node = builder.Build();
        _node.Urls.Add($"http://127.0.0.1:{FreePorts.One()}");
        _node.Map("/{**path}", (HttpContext context) =>
        {
            lock (_seen) _seen.Add(_addresses.Of(context).Ip);
            return Results.Json(new { code = 16, message = "Invalid credentials." }, statusCode: StatusCodes.Status401Unauthorized);
        });
        await _node.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("", Browser, null, Browser)]
    [InlineData("", Browser, Claimed, Browser)]
    [InlineData("10.0.0.0/8", Browser, Claimed, Browser)]
    [InlineData("10.0.0.0/8", Proxy, Browser, Browser)]
    [InlineData("10.1.2.3", Proxy, $"{Claimed}, {Browser}", Browser)]
    [InlineData("10.0.0.0/8;192.0.2.0/24", Proxy, $"{Claimed}, {Browser}, 192.0.2.1", Browser)]
    [InlineData("", Proxy, Browser, Proxy)]
    public async Task The_node_learns_the_address_that_trusted_hops_saw(string trusted, string peer, string? forwarded, string seen)
    {
        var (console, address) = await StartAsync(trusted);
        await using (console)
        {
            using var visitor = new ConsoleVisitor(address);
            visitor.Headers.Add(PeerFilter.Header, peer);
            if (forwarded is not null) visitor.Headers.Add("X-Forwarded-For", forwarded);
            using (var login = await visitor.PostLoginAsync("admin", "wrong")) Assert.Equal(HttpStatusCode.OK, login.StatusCode);
            visitor.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("admin:wrong"u8));
            using (var tool = await visitor.GetAsync("/v2/console/status")) Assert.Equal(HttpStatusCode.Unauthorized, tool.StatusCode);
        }

        Assert.Equal([seen, seen], _seen);
    }

    [Fact]
    public async Task Only_a_trusted_proxy_says_that_the_browser_came_by_tls()
    {
        var (console, address) = await StartAsync("10.0.0.0/8");
        await using (console)
        {
            foreach (var (peer, isSecure) in new[] { (Proxy, true), (Browser, false) })
            {
                using var visitor = new ConsoleVisitor(address);
                visitor.Headers.Add(PeerFilter.Header, peer);
                visitor.Headers.Add("X-Forwarded-For", Browser);
                visitor.Headers.Add("X-Forwarded-Proto", "https");
                using var page = await visitor.GetAsync("/login");
                var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
                Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private Task<(WebApplication Console, string Address)> StartAsync(string trusted) => ConsoleFixture.StartConsoleAsync(
        _node.Urls.Single(),
        _folder,
        configure: builder => builder.Services.AddSingleton<IStartupFilter, PeerFilter>(),
        settings: ["--Console:TrustedProxies", trusted]);
}
