using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Testing.Memory;

/// <summary>
/// The functions of the server in memory: accounts, users, storage without indexes, wallets, notifications and matches. The others
/// say that they are not.
/// </summary>
internal sealed class InMemoryNakama : INakama
{
    private readonly GameTestHost _host;
    private readonly InMemoryStorage _storage = new();
    private readonly InMemoryWallets _wallets;
    private readonly InMemoryAccounts _accounts;

    private InMemoryNakama(GameTestHost host)
    {
        _host = host;
        var users = new Dictionary<Guid, Account>();
        _wallets = new InMemoryWallets(users, host.Clock);
        _accounts = new InMemoryAccounts(users, host.Clock);
        Notifications = new InMemoryNotifications(host.Clock);
        Matches = new InMemoryMatches(host);
    }

    public IAccounts Accounts => _accounts;

    public IUsers Users => _accounts;

    public IAuthentication Authentication => _accounts;

    public ILinks Links { get; } = NotInMemory.Of<ILinks>();

    public IFriends Friends { get; } = NotInMemory.Of<IFriends>();

    public IGroups Groups { get; } = NotInMemory.Of<IGroups>();

    public IChannels Channels { get; } = NotInMemory.Of<IChannels>();

    public ISessions Sessions { get; } = NotInMemory.Of<ISessions>();

    public IStatus Status { get; } = NotInMemory.Of<IStatus>();

    public IStreams Streams { get; } = NotInMemory.Of<IStreams>();

    public INotifications Notifications { get; }

    public IStorage Storage => _storage;

    public IWallets Wallets => _wallets;

    public ILeaderboards Leaderboards { get; } = NotInMemory.Of<ILeaderboards>();

    public ITournaments Tournaments { get; } = NotInMemory.Of<ITournaments>();

    public IPurchases Purchases { get; } = NotInMemory.Of<IPurchases>();

    public ISubscriptions Subscriptions { get; } = NotInMemory.Of<ISubscriptions>();

    public IMatches Matches { get; }

    public IParties Parties { get; } = NotInMemory.Of<IParties>();

    public IFiles Files { get; } = NotInMemory.Of<IFiles>();

    public IJobs Jobs { get; } = NotInMemory.Of<IJobs>();

    public ISatori Satori { get; } = NotInMemory.Of<ISatori>();

    public IMetrics Metrics { get; } = new NoMetrics();

    public ISchedules Schedules { get; } = NotInMemory.Of<ISchedules>();

    public static INakama Create(GameTestHost host) => new InMemoryNakama(host);

    /// <summary>The functions for events run before this returns; the server runs them later.</summary>
    public void SendEvent(Event happened, GameContext? context) => _host.RaiseAsync(happened).GetAwaiter().GetResult();

    public async Task<MultiUpdateResult> MultiUpdateAsync(MultiUpdate changes, CancellationToken cancellationToken)
    {
        _accounts.Check(changes.Accounts);
        _wallets.Check(changes.Wallets);
        _storage.Check(changes.StorageWrites);
        foreach (var (userId, change) in changes.Accounts) await _accounts.UpdateAsync(userId, change, cancellationToken);
        var acks = await _storage.WriteAsync(changes.StorageWrites, cancellationToken);
        await _storage.DeleteAsync(changes.StorageDeletes, cancellationToken);
        return new MultiUpdateResult(acks, await _wallets.UpdateManyAsync(changes.Wallets, changes.UpdatesLedger, cancellationToken));
    }

    private sealed class NoMetrics : IMetrics
    {
        public void AddToCounter(string name, long delta, IReadOnlyDictionary<string, string>? tags)
        {
        }

        public void SetGauge(string name, double value, IReadOnlyDictionary<string, string>? tags)
        {
        }

        public void RecordTime(string name, TimeSpan duration, IReadOnlyDictionary<string, string>? tags)
        {
        }
    }
}
