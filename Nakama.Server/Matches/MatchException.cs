namespace Nakama.Server.Matches;

/// <summary>A match refused an operation of game logic.</summary>
public sealed class MatchException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether the match has stopped.</summary>
    public bool IsStopped { get; private init; }

    /// <summary>Whether there is no such match.</summary>
    public bool IsNotFound { get; private init; }

    /// <summary>Whether a match could not be created here, but perhaps on another node.</summary>
    public bool IsOfNode { get; private init; }

    public static MatchException Stopped => new("match stopped") { IsStopped = true };

    public static MatchException LabelTooLong => new("match label too long, must be 0-2048 bytes");

    public static MatchException TooManyDeferred => new("too many deferred message broadcasts per tick");

    public static MatchException InvalidId => new("match id invalid");

    public static MatchException NotFound => new("match not found") { IsNotFound = true };

    /// <summary>The queue is full, the match did not answer in time, or it failed.</summary>
    public static MatchException Busy => new("match busy");

    public static MatchException NoState => new("match did not return state");

    public static MatchException NoInitialState => new("Match initial state must not be nil");

    public static MatchException InvalidTickRate => new("match init returned invalid tick rate, must be between 1 and 60");

    /// <summary>A match could not be created, because the node stops.</summary>
    public static MatchException Closing => new("error creating match: shutdown in progress") { IsOfNode = true };

    /// <summary>A match could not be created, because there is no such handler.</summary>
    public static MatchException NoHandler => new("error creating match: not found") { IsOfNode = true };

    /// <summary>A match could not be created.</summary>
    public static MatchException Creating(string reason, Exception? cause = null) => new($"error creating match: {reason}", cause);
}
