namespace Nakama.GameLogic.Matches;

/// <summary>How a match begins.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
/// <param name="State">The state.</param>
/// <param name="TickRate">The ticks per second, from 1 to 60.</param>
/// <param name="Label">The label by which clients find the match, at most 2048 bytes; often JSON.</param>
public readonly record struct MatchStart<TState>(TState State, int TickRate, string Label = "")
    where TState : class;

/// <summary>A session that wants to join.</summary>
/// <param name="Presence">The session.</param>
/// <param name="Metadata">What the client has sent with the request.</param>
/// <param name="Vars">The variables of the session.</param>
/// <param name="ExpiresAt">When the session token expires; null when it is not known.</param>
/// <param name="ClientIp">The client's address; empty when it is not known.</param>
/// <param name="ClientPort">The client's port; empty when it is not known.</param>
public sealed record MatchJoinAttempt(
    IMatchPresence Presence, IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, string> Vars, DateTimeOffset? ExpiresAt,
    string ClientIp, string ClientPort);

/// <summary>The decision on an attempt to join.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
/// <param name="State">The state; null ends the match, and the session is rejected.</param>
/// <param name="IsAccepted">Whether the session may join.</param>
/// <param name="Reason">What a rejected client is told; empty for a standard text.</param>
public readonly record struct MatchJoinDecision<TState>(TState? State, bool IsAccepted, string Reason = "")
    where TState : class;

/// <summary>The answer to a signal.</summary>
/// <typeparam name="TState">The type of the state.</typeparam>
/// <param name="State">The state; null ends the match.</param>
/// <param name="Data">What the sender of the signal gets.</param>
public readonly record struct MatchSignalAnswer<TState>(TState? State, string Data = "")
    where TState : class;

/// <summary>Data that a member has sent to the match.</summary>
/// <param name="Sender">The member.</param>
/// <param name="OpCode">Tells the match what the data is.</param>
/// <param name="Data">The data.</param>
/// <param name="IsReliable">Whether the client has sent it reliably.</param>
/// <param name="ReceivedAt">When the server received it.</param>
public readonly record struct MatchMessage(IMatchPresence Sender, long OpCode, ReadOnlyMemory<byte> Data, bool IsReliable, DateTimeOffset ReceivedAt);
