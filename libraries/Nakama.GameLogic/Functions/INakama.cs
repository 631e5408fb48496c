using Nakama.Protocol.Api;

namespace Nakama.GameLogic.Functions;

/// <summary>
/// The functions of the server for game logic. A module gets it in its constructor, as any service that the program adds.
/// </summary>
public interface INakama
{
    /// <summary>Accounts: the user, the wallet and the credentials.</summary>
    IAccounts Accounts { get; }

    /// <summary>Users: what others see of accounts.</summary>
    IUsers Users { get; }

    /// <summary>Accounts of users that a game authenticates itself, and session tokens for them. Hooks are not called.</summary>
    IAuthentication Authentication { get; }

    /// <summary>Credentials of accounts.</summary>
    ILinks Links { get; }

    /// <summary>Friends, invitations and blocks.</summary>
    IFriends Friends { get; }

    /// <summary>Groups and their members. Members are superadmins (0), admins (1), members (2), users who asked to join (3) or banned users (4).</summary>
    IGroups Groups { get; }

    /// <summary>Chat channels. Writing to a channel does not require membership.</summary>
    IChannels Channels { get; }

    /// <summary>Sessions: open sockets, and the logins that they belong to.</summary>
    ISessions Sessions { get; }

    /// <summary>The users whose status a session follows.</summary>
    IStatus Status { get; }

    /// <summary>Streams and their presences.</summary>
    IStreams Streams { get; }

    /// <summary>Notifications to users.</summary>
    INotifications Notifications { get; }

    /// <summary>Storage objects, on behalf of the server unless a caller is given. All objects of a call are written or none.</summary>
    IStorage Storage { get; }

    /// <summary>Wallets and their ledgers.</summary>
    IWallets Wallets { get; }

    /// <summary>Leaderboards and their records, on behalf of the server.</summary>
    ILeaderboards Leaderboards { get; }

    /// <summary>Tournaments and their records, on behalf of the server.</summary>
    ITournaments Tournaments { get; }

    /// <summary>Purchases, which their stores confirm.</summary>
    IPurchases Purchases { get; }

    /// <summary>Subscriptions, which their stores confirm.</summary>
    ISubscriptions Subscriptions { get; }

    /// <summary>Matches: those with a handler of game logic, and those in which the server only relays messages.</summary>
    IMatches Matches { get; }

    /// <summary>Parties of players.</summary>
    IParties Parties { get; }

    /// <summary>Files in the folder of modules.</summary>
    IFiles Files { get; }

    /// <summary>The scheduled jobs that game logic has registered.</summary>
    IJobs Jobs { get; }

    /// <summary>The metrics of the game.</summary>
    IMetrics Metrics { get; }

    /// <summary>Schedules in cron notation.</summary>
    ISchedules Schedules { get; }

    /// <summary>The configured Satori server. Every function fails while there is none.</summary>
    ISatori Satori { get; }

    /// <summary>Sends an event to the handlers that are registered for events.</summary>
    /// <param name="happened">The event; without a time it happens now.</param>
    /// <param name="context">The context in which it happens; null for the server's own.</param>
    [ServerFunction("event")]
    void SendEvent(Event happened, GameContext? context = null);

    /// <summary>Makes changes of several kinds in one transaction: all of them or none.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new versions of the objects and the changed wallets.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("multi_update")]
    Task<MultiUpdateResult> MultiUpdateAsync(MultiUpdate changes, CancellationToken cancellationToken = default);
}
