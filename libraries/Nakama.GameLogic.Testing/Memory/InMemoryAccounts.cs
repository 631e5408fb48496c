using Google.Protobuf.WellKnownTypes;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>Accounts in memory, which are made by a device or an id of the game's own.</summary>
internal sealed class InMemoryAccounts(Dictionary<Guid, Account> accounts, TimeProvider time) : IAccounts, IUsers, IAuthentication
{
    public Task<Account> GetAsync(Guid userId, CancellationToken cancellationToken) => Task.FromResult(Find(userId, "account_get_id").Clone());

    public Task<IReadOnlyList<Account>> GetManyAsync(
        IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? deviceIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Account>>(
        [
            .. accounts.Where(entry => userIds.Contains(entry.Key) || entry.Value.Devices.Any(device => deviceIds?.Contains(device.Id) == true))
                .Select(static entry => entry.Value.Clone()),
        ]);

    public Task UpdateAsync(Guid userId, AccountChange change, CancellationToken cancellationToken)
    {
        Check([new(userId, change)]);
        var user = Find(userId, "account_update_id").User;
        if (!string.IsNullOrEmpty(change.Username)) user.Username = change.Username;
        user.DisplayName = change.DisplayName ?? user.DisplayName;
        user.Timezone = change.Timezone ?? user.Timezone;
        user.Location = change.Location ?? user.Location;
        user.LangTag = change.LangTag ?? user.LangTag;
        user.AvatarUrl = change.AvatarUrl ?? user.AvatarUrl;
        user.Metadata = change.Metadata ?? user.Metadata;
        user.UpdateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task DeleteAsync(Guid userId, bool recorded, CancellationToken cancellationToken)
    {
        accounts.Remove(userId);
        return Task.CompletedTask;
    }

    public Task<string> ExportAsync(Guid userId, CancellationToken cancellationToken) => NotInMemory.Of<IAccounts>().ExportAsync(userId, cancellationToken);

    public Task<Account> ImportAsync(string data, Guid? userId, CancellationToken cancellationToken) =>
        NotInMemory.Of<IAccounts>().ImportAsync(data, userId, cancellationToken);

    Task<IReadOnlyList<User>> IUsers.GetAsync(IReadOnlyCollection<Guid> userIds, IReadOnlyCollection<string>? facebookIds, CancellationToken cancellationToken) =>
        UsersAsync(user => userIds.Contains(Guid.Parse(user.Id)));

    public Task<IReadOnlyList<User>> GetByUsernameAsync(IReadOnlyCollection<string> usernames, CancellationToken cancellationToken) =>
        UsersAsync(user => usernames.Contains(user.Username));

    public Task<IReadOnlyList<User>> GetRandomAsync(int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<User>>([.. accounts.Values.Take(count).Select(static account => account.User.Clone())]);

    public Task BanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        foreach (var id in userIds) Find(id, "users_ban_id").DisableTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task UnbanAsync(IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        foreach (var id in userIds) Find(id, "users_unban_id").DisableTime = null;
        return Task.CompletedTask;
    }

    public Task<AuthenticatedUser> CustomAsync(string id, string? username, bool create, CancellationToken cancellationToken) =>
        SignInAsync(account => account.CustomId == id, account => account.CustomId = id, username, create);

    public Task<AuthenticatedUser> DeviceAsync(string id, string? username, bool create, CancellationToken cancellationToken) =>
        SignInAsync(
            account => account.Devices.Any(device => device.Id == id), account => account.Devices.Add(new AccountDevice { Id = id }), username, create);

    public Task<AuthenticatedUser> AppleAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        Others.AppleAsync(token, username, create, cancellationToken);

    public Task<AuthenticatedUser> EmailAsync(string? email, string password, string? username, bool create, CancellationToken cancellationToken) =>
        Others.EmailAsync(email, password, username, create, cancellationToken);

    public Task<AuthenticatedUser> FacebookAsync(string token, bool importFriends, string? username, bool create, CancellationToken cancellationToken) =>
        Others.FacebookAsync(token, importFriends, username, create, cancellationToken);

    public Task<AuthenticatedUser> FacebookInstantGameAsync(string playerInfo, string? username, bool create, CancellationToken cancellationToken) =>
        Others.FacebookInstantGameAsync(playerInfo, username, create, cancellationToken);

    public Task<AuthenticatedUser> GameCenterAsync(
        string playerId, string bundleId, long timestamp, string salt, string signature, string publicKeyUrl, string? username, bool create,
        CancellationToken cancellationToken) =>
        Others.GameCenterAsync(playerId, bundleId, timestamp, salt, signature, publicKeyUrl, username, create, cancellationToken);

    public Task<AuthenticatedUser> GoogleAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        Others.GoogleAsync(token, username, create, cancellationToken);

    public Task<AuthenticatedUser> SteamAsync(string token, string? username, bool create, CancellationToken cancellationToken) =>
        Others.SteamAsync(token, username, create, cancellationToken);

    public Task<GeneratedToken> GenerateTokenAsync(
        Guid userId, string? username, DateTimeOffset? expiresAt, IReadOnlyDictionary<string, string>? vars, CancellationToken cancellationToken) =>
        Others.GenerateTokenAsync(userId, username, expiresAt, vars, cancellationToken);

    /// <exception cref="NakamaException">An account does not exist, or another has the name.</exception>
    public void Check(IReadOnlyCollection<AccountUpdate> updates)
    {
        foreach (var (userId, change) in updates)
        {
            Find(userId, "account_update_id");
            if (string.IsNullOrEmpty(change.Username)) continue;
            if (accounts.Any(entry => entry.Key != userId && entry.Value.User.Username == change.Username))
                throw new NakamaException("account_update_id", "error while trying to update user: Username is already in use.", "Username is already in use.");
        }
    }

    private static IAuthentication Others => NotInMemory.Of<IAuthentication>();

    private Account Find(Guid userId, string function) => accounts.TryGetValue(userId, out var account)
        ? account
        : throw new NakamaException(function, $"failed to get account for user_id {userId}: {NakamaReasons.AccountNotFound}", NakamaReasons.AccountNotFound);

    private Task<IReadOnlyList<User>> UsersAsync(Func<User, bool> isWanted) =>
        Task.FromResult<IReadOnlyList<User>>([.. accounts.Values.Select(static account => account.User).Where(isWanted).Select(static user => user.Clone())]);

    private Task<AuthenticatedUser> SignInAsync(Func<Account, bool> isWanted, Action<Account> link, string? username, bool create)
    {
        var found = accounts.FirstOrDefault(entry => isWanted(entry.Value));
        if (found.Value is { } known) return Task.FromResult(new AuthenticatedUser(found.Key, known.User.Username, IsCreated: false));
        const string NotFound = "rpc error: code = NotFound desc = User account not found.";
        if (!create) throw new NakamaException("authenticate", $"error authenticating: {NotFound}", NotFound);
        var id = Guid.NewGuid();
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        var account = new Account
        {
            User = new User { Id = id.ToString(), Username = username ?? id.ToString("N")[..10], Metadata = "{}", LangTag = "en", CreateTime = now, UpdateTime = now },
            Wallet = "{}",
        };
        link(account);
        accounts[id] = account;
        return Task.FromResult(new AuthenticatedUser(id, account.User.Username, IsCreated: true));
    }
}
