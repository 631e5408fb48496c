using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Parties;

/// <summary>A session that asks to come in.</summary>
/// <param name="Presence">As messages carry it; never changed.</param>
/// <param name="Address">Where it is.</param>
internal sealed record PartyRequester(UserPresence Presence, SessionAddress Address);

/// <summary>What every party works with.</summary>
internal sealed record PartyServices(
    PresenceTracker Tracker, ClusterPresences Presences, MessageRouter Router, Matchmaker Matchmaker, NodeDirectory Nodes);

/// <summary>What a leader decides about a party.</summary>
/// <param name="IsOpen">Whether anyone may come in without asking.</param>
/// <param name="IsHidden">Whether it stays out of the public list.</param>
/// <param name="Label">What the list can be searched by: the text of a JSON object.</param>
public sealed record PartySettings(bool IsOpen, bool IsHidden, string Label);
