using Jint;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// How long one call of an engine may still compute. Time in which the script waits for a server function does not count.
/// </summary>
internal sealed class ScriptDeadline(TimeProvider time, TimeSpan budget, ScriptStack stack) : Constraint
{
    private const long Never = long.MaxValue;

    private readonly long _budget = TicksOf(time, budget);
    private long _end = Never;
    private long _left;

    /// <summary>The engine may look at the clock every few statements only.</summary>
    public override bool IsAmortizable => true;

    public TimeSpan Budget => budget;

    /// <summary>Starts the budget of a call.</summary>
    public void Begin() => Volatile.Write(ref _end, time.GetTimestamp() + _budget);

    /// <summary>Ends the budget: the engine is idle.</summary>
    public void End() => Volatile.Write(ref _end, Never);

    /// <summary>The script waits.</summary>
    public void Pause()
    {
        _left = _end - time.GetTimestamp();
        End();
    }

    /// <summary>The script, or a callback within its wait, computes again.</summary>
    public void Resume() => Volatile.Write(ref _end, time.GetTimestamp() + _left);

    /// <summary>Whether the call has computed for longer than its budget and this grace.</summary>
    public bool IsOverdue(TimeSpan grace)
    {
        var end = Volatile.Read(ref _end);
        return end != Never && time.GetTimestamp() - end > TicksOf(time, grace);
    }

    /// <exception cref="ScriptStoppedException">The budget is used up.</exception>
    public override void Check()
    {
        if (time.GetTimestamp() > Volatile.Read(ref _end)) stack.Stop(ScriptStoppedException.TooLong(budget));
    }

    /// <summary>Nothing: one budget covers all entries into the engine that a call makes.</summary>
    public override void Reset()
    {
    }

    private static long TicksOf(TimeProvider time, TimeSpan duration) => (long)(duration.TotalSeconds * time.TimestampFrequency);
}
