using Jint;
using Jint.Native.Error;
using Jint.Runtime;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Bounds the stack of scripts well before the end of their thread's. The engine has a check of its own, but only where a function
/// is called: resuming or closing a chain of generators descends without calls, and can need more stack for each of them than making
/// the chain did. Beyond the bound a script gets a RangeError, as for any recursion that is too deep.
/// </summary>
internal sealed class ScriptStack : Constraint
{
    /// <summary>The size of a thread for scripts, in bytes.</summary>
    public const int ThreadBytes = ScriptBytes + ReserveBytes;

    /// <summary>What scripts may use.</summary>
    private const int ScriptBytes = 32 * 1024 * 1024;

    // What unwinding and closing may use beyond that.
    private const int ReserveBytes = 32 * 1024 * 1024;

    [ThreadStatic]
    private static nint _start;

    /// <summary>The depth may be looked at every few statements only: one statement uses a few kilobytes.</summary>
    public override bool IsAmortizable => true;

    /// <summary>The class of the error; null until the engine is made. Taken before a script can replace the global.</summary>
    public ErrorConstructor? ErrorClass { get; set; }

    /// <summary>The calling thread runs scripts from here on.</summary>
    public static void Begin() => _start = Here();

    /// <exception cref="JavaScriptException">A RangeError: the script has used what it may.</exception>
    public override void Check()
    {
        if (_start == 0 || _start - Here() <= ScriptBytes || ErrorClass is not { } rangeError) return;
        throw new JavaScriptException(rangeError, "Maximum call stack size exceeded");
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
