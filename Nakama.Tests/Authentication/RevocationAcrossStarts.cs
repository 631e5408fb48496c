using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Security;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Authentication;

public sealed class RevocationAcrossStarts : IAsyncLifetime
{
    private const string Refresh = "/v2/account/session/refresh";
    private const string Logout = "POST /v2/session/logout";

    private readonly TestTimeProvider _clock = new();
    private string _database = null!;
    private string _address = null!;

    public async Task InitializeAsync()
    {
        var postgres = await Postgres.ServerAsync();
        _database = await Postgres.CreateDatabaseAsync();
        _address = postgres.Address(_database);
    }

    public Task DisposeAsync() => Postgres.DropDatabaseAsync(_database);

    [Fact]
    public async Task What_was_revoked_stays_revoked_when_the_node_starts_again()
    {
        TestPlayer one, refreshed, all, banned, untouched;
        string operatorToken;
        await using (var server = await StartAsync())
        {
            one = await server.AuthenticateAsync();
            refreshed = await server.AuthenticateAsync();
            all = await server.AuthenticateAsync();
            banned = await server.AuthenticateAsync();
            untouched = await server.AuthenticateAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));

            (await server.AsAsync(one.Token, Logout, new { token = one.Token })).Ok();
            (await server.AsAsync(refreshed.Token, Logout, new { refresh_token = refreshed.RefreshToken })).Ok();
            (await server.AsAsync(all.Token, Logout, new { })).Ok();
            await server.Services.GetRequiredService<AccountBans>().BanAsync([banned.UserId, banned.UserId], CancellationToken.None);
            var operators = server.Services.GetRequiredService<ConsoleTokens>();
            operatorToken = operators.Issue(Guid.NewGuid(), "op", "", ConsoleAcl.Admin, _clock.GetUtcNow());
            await operators.LogOutAsync(operatorToken, CancellationToken.None);
        }

        await using var again = await StartAsync();

        foreach (var player in new[] { one, all, banned })
            (await again.AsAsync(player.Token, "GET /v2/account")).Refused(401, 16, "Auth token invalid");
        foreach (var player in new[] { refreshed, all, banned })
            (await again.WithKeyAsync(Refresh, new { token = player.RefreshToken })).Refused(401, 16, "Refresh token invalid or expired.");
        (await again.AsAsync(refreshed.Token, "GET /v2/account")).Ok();
        (await again.AsAsync(untouched.Token, "GET /v2/account")).Ok();
        Assert.Null(again.Services.GetRequiredService<ConsoleTokens>().Check(operatorToken));
    }

    [Fact]
    public async Task Revocations_that_have_ended_leave_the_table()
    {
        await using var server = await StartAsync();
        var player = await server.AuthenticateAsync();
        (await server.AsAsync(player.Token, Logout, new { token = player.Token })).Ok();
        var store = server.Services.GetRequiredService<RevocationStore>();
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();

        await store.DeleteAsync(now, now, now, CancellationToken.None);
        Assert.Equal(1, await CountAsync(store));
        await store.DeleteAsync(now + 3600, now, now, CancellationToken.None);
        Assert.Equal(0, await CountAsync(store));
    }

    private static async Task<int> CountAsync(RevocationStore store)
    {
        var count = 0;
        await store.ReadAsync([RevocationKind.Session], (_, _, _, _) => count++, CancellationToken.None);
        return count;
    }

    private Task<TestServer> StartAsync() =>
        TestServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock), address: _address);
}
