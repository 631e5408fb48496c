using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Accounts;
using Nakama.Server.Errors;
using Nakama.Server.Security;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.Accounts;

public sealed class OperatorTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private TestServer Server => fixture.Server;

    private AccountSearch Search => Server.Services.GetRequiredService<AccountSearch>();

    private AccountEditing Editing => Server.Services.GetRequiredService<AccountEditing>();

    [Fact]
    public async Task Pages_of_all_accounts_follow_each_other_by_id()
    {
        await using var server = await TestServer.StartAsync();
        var players = new List<Guid> { Guid.Empty };
        for (var i = 0; i < AccountSearch.PageSize + 2; i++) players.Add((await server.AuthenticateAsync()).UserId);
        var search = server.Services.GetRequiredService<AccountSearch>();

        var first = await search.ListAsync(null, CancellationToken.None);
        var second = await search.ListAsync(first.Next, CancellationToken.None);

        Assert.Equal(AccountSearch.PageSize, first.Users.Count);
        Assert.Null(second.Next);
        var ids = first.Users.Concat(second.Users).Select(user => user.Id).ToList();
        Assert.Equal(players.Select(id => id.ToString()).Order(StringComparer.Ordinal), ids);
        Assert.True(await search.CountAsync(CancellationToken.None) > 0);
    }

    [Fact]
    public async Task An_account_is_found_by_anything_that_names_it()
    {
        var player = await Server.AuthenticateAsync();
        var (custom, email) = (Unique.Id(), Unique.Email());
        await Editing.ApplyAsync(player.UserId, new AccountEdit { CustomId = custom, Email = email }, null, CancellationToken.None);

        foreach (var filter in new[] { player.Username, player.UserId.ToString(), player.DeviceId, custom, email })
            Assert.Equal(player.UserId.ToString(), Assert.Single(await Search.FindAsync(filter, true, CancellationToken.None)).Id);
        Assert.Empty(await Search.FindAsync(Unique.Name(), true, CancellationToken.None));
    }

    [Fact]
    public async Task A_display_name_is_found_by_a_part_and_wildcards_in_it_mean_themselves()
    {
        var (player, other) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var part = Unique.Name();
        await RenameAsync(player, $"The {part}_100% Hero");
        await RenameAsync(other, $"The {part}x100x Hero");

        Assert.Equal(2, (await Search.FindAsync(part.ToUpperInvariant(), true, CancellationToken.None)).Count);
        Assert.Equal(player.UserId.ToString(), Assert.Single(await Search.FindAsync(part + "_100%", true, CancellationToken.None)).Id);
        Assert.Empty(await Search.FindAsync(part, false, CancellationToken.None));
    }

    [Fact]
    public async Task A_percent_sign_searches_usernames()
    {
        var part = Unique.Name();
        var player = await Server.AuthenticateAsync("a" + part + "z");

        Assert.Equal(player.UserId.ToString(), Assert.Single(await Search.FindAsync($"%{part}%", true, CancellationToken.None)).Id);
        Assert.Equal(player.UserId.ToString(), Assert.Single(await Search.FindAsync($"A{part}%", true, CancellationToken.None)).Id);
        Assert.Empty(await Search.FindAsync($"{part}%", true, CancellationToken.None));
    }

    [Fact]
    public async Task An_edit_changes_everything_at_once()
    {
        var player = await Server.AuthenticateAsync();
        var (name, device, email) = (Unique.Name(), Unique.Id(), Unique.Email());
        var hash = Bcrypt.Hash("password1"u8, 4);

        await Editing.ApplyAsync(
            player.UserId,
            new AccountEdit
            {
                Profile = new AccountChange { Username = name, Metadata = """{"level":3}""" },
                Wallet = """{"coins":5}""",
                Email = email,
                PasswordHash = hash,
                Devices = new Dictionary<string, string> { [player.DeviceId] = device },
            },
            null,
            CancellationToken.None);

        var account = (await Server.Services.GetRequiredService<AccountStore>().GetAsync(player.UserId, CancellationToken.None))!;
        Assert.Equal((name, """{"level": 3}""", """{"coins": 5}""", email), (account.User.Username, account.User.Metadata, account.Wallet, account.Email));
        Assert.Equal(device, Assert.Single(account.Devices).Id);
        (await Server.WithKeyAsync("/v2/account/authenticate/email", new { email, password = "password1" })).Ok();
    }

    [Fact]
    public async Task An_edit_that_breaks_a_rule_changes_nothing()
    {
        var player = await Server.AuthenticateAsync();
        var other = await Server.AuthenticateAsync();

        await RefusedAsync(player, new AccountEdit { PasswordHash = [1], Profile = new AccountChange { DisplayName = "x" } });
        await RefusedAsync(player, new AccountEdit { Profile = new AccountChange { DisplayName = "x" }, Devices = new Dictionary<string, string> { [player.DeviceId] = "" } });
        await Assert.ThrowsAsync<PostgresException>(async () => await Editing.ApplyAsync(
            player.UserId, new AccountEdit { Wallet = """{"coins":5}""", Profile = new AccountChange { Username = other.Username } }, null, CancellationToken.None));

        var account = (await Server.Services.GetRequiredService<AccountStore>().GetAsync(player.UserId, CancellationToken.None))!;
        Assert.Equal(("", "{}", player.DeviceId), (account.User.DisplayName, account.Wallet, Assert.Single(account.Devices).Id));
    }

    [Fact]
    public async Task All_accounts_can_be_deleted_but_the_system_user()
    {
        await using var server = await TestServer.StartAsync();
        await server.AuthenticateAsync();
        await server.AuthenticateAsync();

        Assert.Equal(2, await server.Services.GetRequiredService<AccountDeletion>().DeleteAllAsync(CancellationToken.None));

        var left = await server.Services.GetRequiredService<AccountSearch>().ListAsync(null, CancellationToken.None);
        Assert.Equal(Guid.Empty.ToString(), Assert.Single(left.Users).Id);
    }

    private async Task RefusedAsync(TestPlayer player, AccountEdit edit)
    {
        var error = await Assert.ThrowsAsync<ApiException>(async () => await Editing.ApplyAsync(player.UserId, edit, null, CancellationToken.None));
        Assert.Equal(StatusCode.InvalidArgument, error.Status);
    }

    private ValueTask RenameAsync(TestPlayer player, string displayName) =>
        Editing.ApplyAsync(player.UserId, new AccountEdit { Profile = new AccountChange { DisplayName = displayName } }, null, CancellationToken.None);
}
