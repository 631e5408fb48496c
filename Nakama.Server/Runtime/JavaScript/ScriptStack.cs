using Jint;
using Jint.Native.Error;
using Jint.Runtime;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Bounds the stack of scripts well before the end of their thread's. The engine has a check of its own, but only where a function
/// is called and only at the very end. Beyond the bound a script gets a RangeError, as for any recursion that is too deep.
/// </summary>
/// <remarks>
/// An exception that stops a script passes the engine's handlers that throw it again, such as those of <c>yield*</c>, iterator helpers
/// and destructuring. Each of them needs stack that is only free when the last one is done: of nearly forty shapes of recursion that were
/// measured, with optimised code and without, the worst needed less than 48 times the stack of the descent to unwind.
/// </remarks>
internal sealed class ScriptStack : Constraint
{
    /// <summary>The size of a thread for scripts, in bytes.</summary>
    public const int ThreadBytes = ScriptBytes + ReserveBytes;

    /// <summary>What scripts may use: simple functions recurse nine thousand times or more, the fewest before their code is optimised.</summary>
    private const int ScriptBytes = 16 * 1024 * 1024;

    // Only reserved: memory that is never used is never committed.
    private const int ReserveBytes = 50 * ScriptBytes;

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
