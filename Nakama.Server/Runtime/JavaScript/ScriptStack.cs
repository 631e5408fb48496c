using Jint;
using Jint.Native.Error;
using Jint.Runtime;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Bounds the stack of scripts well before the end of their thread's, and stops scripts in a way that their stack allows. The engine
/// has a check of its own, but only where a function is called and only at the very end. Beyond the bound a script gets a RangeError,
/// as for any recursion that is too deep; one that catches it and goes on deeper is stopped.
/// </summary>
/// <remarks>
/// An exception that stops a script passes the engine's handlers that throw it again, such as those of <c>yield*</c>, iterator helpers
/// and destructuring. Each of them needs stack that is only free when the last one is done, and time that grows with the square of the
/// depth: of nearly forty shapes of recursion that were measured, with optimised code and without, the worst needed less than 48 times
/// the stack of the descent to unwind, and at 16 MB more than eight seconds of CPU. An error of the script passes them as a
/// value, in less than a second. So a deep script is stopped by errors first. It may catch them, but the next check throws again, and
/// an exception ends a script that does not come up meanwhile.
/// </remarks>
internal sealed class ScriptStack : Constraint
{
    /// <summary>The size of a thread for scripts, in bytes.</summary>
    public const int ThreadBytes = MaxBytes + ReserveBytes;

    /// <summary>What scripts may use: simple functions recurse nine thousand times or more, the fewest before their code is optimised.</summary>
    private const int ScriptBytes = 16 * 1024 * 1024;

    /// <summary>Where a script that caught its RangeError is stopped.</summary>
    private const int MaxBytes = ScriptBytes + (1024 * 1024);

    // Only reserved: memory that is never used is never committed.
    private const int ReserveBytes = 48 * MaxBytes;

    /// <summary>From where on a script is stopped by errors first.</summary>
    private const int DeepBytes = 512 * 1024;

    [ThreadStatic]
    private static nint _start;

    private nint _lastErrorBytes = nint.MaxValue;

    /// <summary>The depth may be looked at every few statements only: one statement uses a few kilobytes.</summary>
    public override bool IsAmortizable => true;

    /// <summary>The class of the error; null until the engine is made. Taken before a script can replace the global.</summary>
    public ErrorConstructor? ErrorClass { get; set; }

    /// <summary>Why the current call is stopped; null while it is not.</summary>
    public ScriptStoppedException? Stopped { get; private set; }

    private static nint UsedBytes => _start == 0 ? 0 : _start - Here();

    /// <summary>The calling thread runs scripts from here on.</summary>
    public static void Begin() => _start = Here();

    /// <summary>A call begins that no other one waits for.</summary>
    public void BeginCall()
    {
        Stopped = null;
        _lastErrorBytes = nint.MaxValue;
    }

    /// <exception cref="JavaScriptException">A RangeError: the script has used what it may, or is being stopped.</exception>
    /// <exception cref="ScriptStoppedException">The script is being stopped.</exception>
    public override void Check()
    {
        if (Stopped is { } stopped) Stop(stopped);
        var used = UsedBytes;
        if (used <= ScriptBytes || ErrorClass is not { } rangeError) return;
        if (used > MaxBytes) Stop(ScriptStoppedException.TooDeep);
        throw new JavaScriptException(rangeError, "Maximum call stack size exceeded");
    }

    /// <summary>Throws what ends the current call.</summary>
    /// <exception cref="JavaScriptException">The script is deep, and not deeper than when this was thrown before.</exception>
    /// <exception cref="ScriptStoppedException">In all other cases.</exception>
    public void Stop(ScriptStoppedException reason)
    {
        Stopped ??= reason;
        var used = UsedBytes;
        if (used <= DeepBytes || used >= _lastErrorBytes || ErrorClass is not { } rangeError) throw reason;
        _lastErrorBytes = used;
        throw new JavaScriptException(rangeError, reason.Message);
    }

    /// <summary>Nothing: the depth belongs to the thread.</summary>
    public override void Reset()
    {
    }

    private static unsafe nint Here()
    {
        byte here;
        return (nint)(&here);
    }
}
