using Google.Protobuf;
using Nakama.Protocol.Realtime;

namespace Nakama.Server.Matches;

/// <summary>The result of a match handler's start.</summary>
/// <param name="TickRate">Ticks per second, from 1 to 60.</param>
/// <param name="Label">The first label, at most <see cref="MatchContext.MaxLabelBytes"/> bytes.</param>
public readonly record struct MatchStart(int TickRate, string Label);

/// <summary>A session that wants to join a match.</summary>
/// <param name="Presence">Its presence.</param>
/// <param name="Metadata">What its client sent with the request.</param>
public sealed record MatchJoinAttempt(MatchPresence Presence, IReadOnlyDictionary<string, string> Metadata)
{
    public required IReadOnlyDictionary<string, string> Vars { get; init; }

    /// <summary>When the session's token expires, in seconds since the epoch.</summary>
    public required long Expiry { get; init; }

    public required string ClientIp { get; init; }

    public required string ClientPort { get; init; }
}

/// <summary>The decision on an attempt to join.</summary>
/// <param name="Continues">False ends the match, and the session is rejected.</param>
/// <param name="IsAccepted">Whether the session may join.</param>
/// <param name="Reason">What a rejected client is told; a standard text when empty.</param>
public readonly record struct MatchJoinDecision(bool Continues, bool IsAccepted, string Reason = "");

/// <summary>The answer to a signal.</summary>
/// <param name="Continues">False ends the match, and the sender of the signal gets an error.</param>
/// <param name="Data">What the sender of the signal gets.</param>
public readonly record struct MatchSignalAnswer(bool Continues, string Data);

/// <summary>Data that a member has sent to its match.</summary>
/// <param name="Sender">The member.</param>
/// <param name="OpCode">The code that tells the game what it is.</param>
/// <param name="Data">The data, possibly empty.</param>
/// <param name="IsReliable">As the client has sent it.</param>
/// <param name="ReceivedAtMs">When it arrived at the server, in milliseconds since the epoch.</param>
public readonly record struct MatchMessage(MatchPresence Sender, long OpCode, ByteString Data, bool IsReliable, long ReceivedAtMs);

/// <summary>A receiver of a broadcast, or a member to be removed. One that is not a member is ignored.</summary>
/// <param name="SessionId">The member's session.</param>
/// <param name="Node">The name of the node that the session is connected to.</param>
public readonly record struct MatchTarget(Guid SessionId, string Node);

/// <summary>A message from a match to its members.</summary>
/// <param name="OpCode">The code that tells the client what it is.</param>
/// <param name="Data">The data, possibly empty.</param>
public readonly record struct MatchBroadcast(long OpCode, ByteString Data)
{
    /// <summary>The receivers; null for all members, an empty list for none.</summary>
    public MatchTarget[]? Receivers { get; init; }

    /// <summary>The presence that the message shows as its sender; null for none.</summary>
    public UserPresence? Sender { get; init; }

    public bool IsReliable { get; init; } = true;
}

/// <summary>A match at one moment, for operators.</summary>
/// <param name="Presences">The members.</param>
/// <param name="Tick">The number of the next loop.</param>
/// <param name="State">The handler's own description of its state.</param>
public sealed record MatchSnapshot(IReadOnlyList<UserPresence> Presences, long Tick, string State);
