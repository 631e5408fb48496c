using Nakama.GameLogic;
using Nakama.GameLogic.Functions;
using Nakama.Protocol.Api;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <inheritdoc cref="INakama"/>
internal sealed class GameFunctions(GameFunctionCaller caller, GameEvents events) : GameFunctionGroup(caller), INakama
{
    public IAccounts Accounts { get; } = new GameAccounts(caller);

    public IUsers Users { get; } = new GameUsers(caller);

    public IAuthentication Authentication { get; } = new GameAuthentication(caller);

    public ILinks Links { get; } = new GameLinks(caller);

    public IFriends Friends { get; } = new GameFriends(caller);

    public IGroups Groups { get; } = new GameGroups(caller);

    public IChannels Channels { get; } = new GameChannels(caller);

    public ISessions Sessions { get; } = new GameSessions(caller);

    public IStatus Status { get; } = new GameStatus(caller);

    public IStreams Streams { get; } = new GameStreams(caller);

    public INotifications Notifications { get; } = new GameNotifications(caller);

    public IStorage Storage { get; } = new GameStorage(caller);

    public IWallets Wallets { get; } = new GameWallets(caller);

    public ILeaderboards Leaderboards { get; } = new GameLeaderboards(caller);

    public ITournaments Tournaments { get; } = new GameTournaments(caller);

    public IPurchases Purchases { get; } = new GamePurchases(caller);

    public ISubscriptions Subscriptions { get; } = new GameSubscriptions(caller);

    public IMatches Matches { get; } = new GameMatches(caller);

    public IParties Parties { get; } = new GameParties(caller);

    public IFiles Files { get; } = new GameFiles(caller);

    public IJobs Jobs { get; } = new GameJobs(caller);

    public IMetrics Metrics { get; } = new GameMetrics(caller);

    public ISchedules Schedules { get; } = new GameSchedules(caller);

    public ISatori Satori { get; } = new GameSatori(caller);

    public void SendEvent(Event happened, GameContext? context) => events.Send(happened, context);

    public async Task<MultiUpdateResult> MultiUpdateAsync(MultiUpdate changes, CancellationToken cancellationToken)
    {
        var results = await CallAsync(
            "multi_update",
            [
                Rows(changes.Accounts), Rows(changes.StorageWrites), Rows(changes.StorageDeletes), Rows(changes.Wallets),
                Flag(changes.UpdatesLedger),
            ],
            cancellationToken);
        return GameResults.MultiUpdate(results);
    }
}
