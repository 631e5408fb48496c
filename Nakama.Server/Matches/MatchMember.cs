namespace Nakama.Server.Matches;

/// <summary>A member of an authoritative match.</summary>
internal sealed class MatchMember(MatchPresence presence)
{
    public MatchPresence Presence { get; } = presence;

    /// <summary>The tick by which its presence must be in the stream of the match; 0 when it is there.</summary>
    public long ExpectedUntil { get; set; }

    /// <summary>Whether it was removed before its presence was in the stream.</summary>
    public bool IsKicked { get; set; }

    /// <summary>An attempt to join again, made while its leave was still to be processed.</summary>
    public WaitingAttempt? Rejoin { get; set; }
}

/// <summary>An attempt to join that waits for its decision.</summary>
internal sealed class WaitingAttempt(MatchJoinAttempt attempt)
    : TaskCompletionSource<MatchAdmission>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public MatchJoinAttempt Attempt { get; } = attempt;
}

/// <summary>A signal that waits for its answer.</summary>
internal sealed class WaitingSignal(string data) : TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public string Data { get; } = data;
}

/// <summary>A request for a snapshot.</summary>
internal sealed class WaitingSnapshot() : TaskCompletionSource<MatchSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
