namespace Nakama.Server.Sessions;

/// <summary>A target that is called at its deadline.</summary>
public interface ITimerWheelTarget
{
    /// <summary>Runs on the wheel's thread: it must not block. The timer is no longer set and may be set again.</summary>
    /// <param name="nowMs">The wheel's time.</param>
    void OnDue(long nowMs);
}

/// <summary>One entry of the wheel; set, moved and cleared through <see cref="SessionTimerWheel"/>.</summary>
public sealed class WheelTimer(ITimerWheelTarget target)
{
    internal ITimerWheelTarget Target { get; } = target;

    /// <summary>The wheel's step at which it is due; negative when it is not set.</summary>
    internal long DueStep { get; set; } = -1;

    internal WheelTimer? Previous { get; set; }

    internal WheelTimer? Next { get; set; }
}
