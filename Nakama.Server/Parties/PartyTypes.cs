using Nakama.Protocol.Realtime;
using Nakama.Server.Cluster;
using Nakama.Server.Matchmaking;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Streams;

namespace Nakama.Server.Parties;

/// <summary>A session that requests to join.</summary>
/// <param name="Presence">The presence as it appears in messages; immutable.</param>
/// <param name="Address">The address of the session.</param>
internal sealed record PartyRequester(UserPresence Presence, SessionAddress Address);

/// <summary>The services that every party uses.</summary>
internal sealed record PartyServices(
    PresenceTracker Tracker, ClusterPresences Presences, MessageRouter Router, Matchmaker Matchmaker, NodeDirectory Nodes);

/// <summary>The settings of a party, which its leader can change.</summary>
/// <param name="IsOpen">Whether sessions may join without a join request.</param>
/// <param name="IsHidden">Whether the party is excluded from the public list.</param>
/// <param name="Label">The label that list queries search: the text of a JSON object.</param>
public sealed record PartySettings(bool IsOpen, bool IsHidden, string Label);
