using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Errors;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsolePages;

/// <summary>A node counts failed sign-ins by the address of the browser, as the console and trusted proxies tell it.</summary>
public sealed class WhereVisitorsAre(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    private const string Browser = "203.0.113.7";
    private const string Claimed = "192.0.2.99";
    private const string Proxy = "10.1.2.3";

    /// <summary>What the node would count the visitor by, found by locking the name there.</summary>
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
        var folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
        var (console, address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}",
            folder,
            configure: builder => builder.Services.AddSingleton<IStartupFilter, PeerFilter>(),
            settings: ["--Console:TrustedProxies", trusted]);
        await using (console)
        {
            using var visitor = new ConsoleVisitor(address);
            visitor.Headers.Add(PeerFilter.Header, peer);
            if (forwarded is not null) visitor.Headers.Add("X-Forwarded-For", forwarded);
            var username = Unique.Name("op");
            await ConsoleApi.ConsoleCaller.InsertAsync(
                fixture.Server, username, """{"admin": true}""", await ConsoleApi.ConsoleCaller.HashAsync(fixture.Server, "correct horse 1"));
            var (token, _) = await visitor.ReadFormAsync("/login");
            for (var i = 0; i < 5; i++)
            {
                using var refused = await visitor.PostAsync("/login", ConsoleVisitor.Login(token, username, "wrong"));
                Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            }

            var lockout = fixture.Server.Services.GetRequiredService<LoginLockout>();
            Assert.Equal([seen], ((string[])[Browser, Claimed, Proxy, "127.0.0.1"]).Where(ip => IsLocked(lockout, username, ip)));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Only_a_trusted_proxy_says_that_the_browser_came_by_tls()
    {
        var folder = Directory.CreateTempSubdirectory("nakama-console-").FullName;
        var (console, address) = await ConsoleFixture.StartConsoleAsync(
            $"http://127.0.0.1:{fixture.Server.ConsolePort}",
            folder,
            configure: builder => builder.Services.AddSingleton<IStartupFilter, PeerFilter>(),
            settings: ["--Console:TrustedProxies", "10.0.0.0/8"]);
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

        Directory.Delete(folder, recursive: true);
    }

    private static bool IsLocked(LoginLockout lockout, string username, string ip)
    {
        try
        {
            lockout.Check(username, ip);
            return false;
        }
        catch (ApiError)
        {
            return true;
        }
    }
}
