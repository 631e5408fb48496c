using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Streams;

namespace Nakama.Server.Parties;

/// <summary>What every party works with.</summary>
internal sealed record PartyServices(
    PresenceTracker Tracker, ClusterPresences Presences, MessageRouter Router, Matchmaker Matchmaker, NodeDirectory Nodes);
