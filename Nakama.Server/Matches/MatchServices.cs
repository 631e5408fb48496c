using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Matches;

/// <summary>The services that every authoritative match uses.</summary>
internal sealed record MatchServices(
    MatchOptions Options, PresenceTracker Tracker, ClusterPresences Presences, MessageRouter Router, SessionDisconnects Disconnects, NodeDirectory Nodes,
    MatchMetrics Metrics, MatchLosses Losses, TimeProvider Time, ILogger<MatchRegistry> Log);
