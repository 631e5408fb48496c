using Nakama.Server.Hooks;
using Nakama.Server.Leaderboards;
using Nakama.Server.Matchmaking;
using Nakama.Server.Rpc;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>
/// What the modules of one language want to be called for. The last registration of a name wins; all names but
/// those of storage indexes are compared without their case.
/// </summary>
public sealed class RuntimeRegistrations
{
    public Dictionary<string, RpcFunction> Rpcs { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, BeforeHook> BeforeRequests { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, AfterHook> AfterRequests { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, BeforeHook> BeforeMessages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, AfterHook> AfterMessages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    /// <summary>By the exact name of the index.</summary>
    public Dictionary<string, StorageIndexFilter> StorageIndexFilters { get; } = new(StringComparer.Ordinal);

    public MatchmakerMatchedHook? MatchmakerMatched { get; set; }

    public LeaderboardReset? LeaderboardReset { get; set; }

    public TournamentTurn? TournamentEnd { get; set; }

    public TournamentTurn? TournamentReset { get; set; }

    /// <summary>Runs when the node stops and gives its modules time.</summary>
    public Func<CancellationToken, ValueTask>? Shutdown { get; set; }
}
