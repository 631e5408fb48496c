using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Starting and ending calls, and error handling.</content>
public sealed partial class LuaMachine
{
    // The limit of calls nested on the .NET stack, such as those of metamethods.
    private const int MostNesting = 150;

    // The coroutine in which the innermost execution started, which must not end or leave any call below it.
    private LuaCoroutine _entry;
    private int _nesting;
    private bool _maySuspend;
    private ValueTask<int> _pending;

    /// <summary>
    /// Runs a function to its end (true), or until a native function waits (false). The results start at the slot of the function
    /// and end at the coroutine's <see cref="LuaCoroutine.OpenEnd"/>.
    /// </summary>
    /// <param name="function">The slot of the function, or -1 to continue after a native function that waited.</param>
    /// <param name="error">The error of that native function, if it failed.</param>
    private bool Execute(LuaCoroutine thread, int function, int count, LuaException? error)
    {
        var depth = function < 0 ? 0 : thread.FrameCount;
        if (_nesting >= MostNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Error(thread, "stack overflow");
        _nesting++;
        var outer = _entry;
        var outerMaySuspend = _maySuspend;
        _entry = thread;
        // Only a call from the host begins at the first slot, and only such a call can be suspended and resumed.
        _maySuspend = outerMaySuspend && function <= 0;
        try
        {
            while (true)
            {
                var handler = -1;
                if (error is not null)
                {
                    if (!Unwind(thread, depth, error, out handler)) ExceptionDispatchInfo.Throw(error);
                    error = null;
                }
                try
                {
                    var begin = handler >= 0 ? handler : function;
                    function = -1;
                    if (begin >= 0 && !BeginCall(_current, begin, handler >= 0 ? 1 : count, handler >= 0 ? 1 : -1)) return false;
                    return Run(thread, depth);
                }
                catch (Exception exception)
                {
                    error = Translate(exception);
                }
            }
        }
        finally
        {
            _entry = outer;
            _maySuspend = outerMaySuspend;
            _nesting--;
        }
    }

    private LuaException Translate(Exception exception) => exception switch
    {
        LuaException error => error,
        OperationCanceledException when CancellationToken.IsCancellationRequested => LuaException.Fatal(CancelledText),
        InsufficientExecutionStackException => Error(_current, "stack overflow"),
        OutOfMemoryException => LuaException.Fatal("not enough memory"),
        _ => new LuaException(Position(_current) + exception.Message, exception),
    };

    /// <summary>
    /// Ends calls up to one that catches the error, and stores its results there. False when none in this execution does.
    /// </summary>
    /// <param name="handler">The slot of a handler that must be called next, or -1.</param>
    private bool Unwind(LuaCoroutine entry, int depth, LuaException error, out int handler)
    {
        handler = -1;
        if (_nesting == 1 && error.Traceback.Length == 0) error.Traceback = Traceback(_current);
        while (true)
        {
            var thread = _current;
            var isEntry = ReferenceEquals(thread, entry);
            var floor = isEntry ? depth : 0;
            for (var index = thread.FrameCount - 1; index >= floor && !error.IsFatal; index--)
            {
                if (thread.Frames[index].Kind == LuaFrameKind.Script) continue;
                thread.FrameCount = index + 1;
                handler = Catch(thread, ref thread.Frames[index], error.Value);
                return true;
            }
            thread.FrameCount = floor;
            if (isEntry) return false;
            thread.Status = LuaCoroutineStatus.Dead;
            var parent = Leave(thread);
            if (thread.IsWrapped || error.IsFatal) continue;
            parent.Stack[parent.PendingResult] = false;
            parent.Stack[parent.PendingResult + 1] = error.Value;
            Adjust(parent, parent.PendingResult, 2, parent.PendingWanted);
            return true;
        }
    }

    private static int Catch(LuaCoroutine thread, ref LuaFrame frame, in LuaValue value)
    {
        var result = frame.Result;
        if (frame.Kind == LuaFrameKind.ProtectedCallWithHandler)
        {
            frame.Kind = LuaFrameKind.Handler;
            thread.Stack[result + 1] = new LuaValue(frame.Handler);
            thread.Stack[result + 2] = value;
            return result + 1;
        }
        thread.FrameCount--;
        var count = 0;
        // A failing handler returns no value.
        if (frame.Kind == LuaFrameKind.ProtectedCall)
        {
            thread.Stack[result] = false;
            thread.Stack[result + 1] = value;
            count = 2;
        }
        Adjust(thread, result, count, frame.Wanted);
        return -1;
    }

    /// <summary>Begins a call whose results replace its function. False when a native function waits.</summary>
    private bool BeginCall(LuaCoroutine thread, int function, int count, int wanted)
    {
        var target = thread.Stack[function].Reference;
        if (target is not LuaFunction)
        {
            target = MetaOf(thread.Stack[function], LuaMeta.Call).Reference;
            if (target is not LuaFunction) throw Error(thread, "attempt to call a non-function object");
            thread.Ensure(function + count + 2);
            Array.Copy(thread.Stack, function, thread.Stack, function + 1, count + 1);
            thread.Stack[function].Reference = target;
            count++;
        }
        if (target is LuaClosure closure)
        {
            if (closure.Proto.IsVararg) EnterVararg(thread, closure, function, count, wanted);
            else EnterScript(thread, closure, function, count, wanted);
            return true;
        }
        return BeginNative(thread, Unsafe.As<LuaNativeFunction>(target), function, count, wanted);
    }

    private static void EnterScript(LuaCoroutine thread, LuaClosure closure, int function, int count, int wanted)
    {
        var proto = closure.Proto;
        var first = function + 1;
        thread.Ensure(first + proto.RegisterCount);
        for (var missing = count; missing < proto.ParameterCount; missing++) thread.Stack[first + missing].Reference = null;
        ref var frame = ref thread.Push();
        frame.Closure = closure;
        frame.Kind = LuaFrameKind.Script;
        frame.Base = first;
        frame.Next = 0;
        frame.Result = function;
        frame.Wanted = wanted;
        frame.VarargCount = 0;
        frame.TailCallCount = 0;
    }

    /// <summary>Copies the parameters above all arguments, so that the varargs stay below the registers.</summary>
    private static void EnterVararg(LuaCoroutine thread, LuaClosure closure, int function, int count, int wanted)
    {
        var proto = closure.Proto;
        var first = function + 1 + count;
        thread.Ensure(first + proto.RegisterCount);
        for (var index = 0; index < proto.ParameterCount; index++)
        {
            thread.Stack[first + index] = index < count ? thread.Stack[function + 1 + index] : default;
        }
        ref var frame = ref thread.Push();
        frame.Closure = closure;
        frame.Kind = LuaFrameKind.Script;
        frame.Base = first;
        frame.Next = 0;
        frame.Result = function;
        frame.Wanted = wanted;
        frame.VarargCount = Math.Max(0, count - proto.ParameterCount);
        frame.TailCallCount = 0;
    }

    /// <summary>A tail call, which replaces its caller if possible.</summary>
    private bool BeginTailCall(LuaCoroutine thread, int function, int count)
    {
        if (thread.Stack[function].Reference is not LuaClosure)
        {
            return BeginCall(thread, function, count, -1);
        }
        ref var frame = ref thread.Frames[thread.FrameCount - 1];
        var (result, wanted, replaced) = (frame.Result, frame.Wanted, frame.TailCallCount);
        Array.Copy(thread.Stack, function, thread.Stack, result, count + 1);
        thread.FrameCount--;
        BeginCall(thread, result, count, wanted);
        thread.Frames[thread.FrameCount - 1].TailCallCount = replaced + 1;
        if (--Steps < 0) Tick();
        return true;
    }

    private static void CallNative(LuaCoroutine thread, LuaNativeFunction native, int function, int count, int wanted)
    {
        thread.Top = function + 1 + count;
        var given = native.Body!(new LuaCall(thread, function + 1, count));
        Deliver(thread, function, given, wanted);
    }

    /// <summary>Moves the last values below the top to the result slots.</summary>
    private static void Deliver(LuaCoroutine thread, int result, int given, int wanted)
    {
        var from = thread.Top - given;
        if (wanted == 1)
        {
            thread.Stack[result] = given > 0 ? thread.Stack[from] : default;
            return;
        }
        var count = wanted < 0 ? given : Math.Min(given, wanted);
        Array.Copy(thread.Stack, from, thread.Stack, result, count);
        Adjust(thread, result, count, wanted);
    }

    /// <summary>Pads the results with nil, or stores their number.</summary>
    private static void Adjust(LuaCoroutine thread, int result, int count, int wanted)
    {
        if (wanted < 0) thread.OpenEnd = result + count;
        for (; count < wanted; count++) thread.Stack[result + count].Reference = null;
    }

    private static void ReturnMany(LuaCoroutine thread, int from, int count)
    {
        ref var frame = ref thread.Frames[--thread.FrameCount];
        var moved = frame.Wanted < 0 ? count : Math.Min(count, frame.Wanted);
        Array.Copy(thread.Stack, from, thread.Stack, frame.Result, moved);
        Adjust(thread, frame.Result, moved, frame.Wanted);
    }

    /// <summary>
    /// Ends completed calls until a script function can continue (true), or until the execution that began there is complete
    /// (false).
    /// </summary>
    private bool Settle(LuaCoroutine entry, int depth)
    {
        while (true)
        {
            var thread = _current;
            if (ReferenceEquals(thread, entry))
            {
                if (thread.FrameCount == depth) return false;
            }
            else if (thread.FrameCount == 0)
            {
                EndCoroutine(thread);
                continue;
            }
            ref var frame = ref thread.Frames[thread.FrameCount - 1];
            if (frame.Kind == LuaFrameKind.Script) return true;
            var result = frame.Result;
            var isWell = frame.Kind != LuaFrameKind.Handler;
            thread.Stack[result] = isWell;
            thread.FrameCount--;
            Adjust(thread, result, isWell ? thread.OpenEnd - result : 2, frame.Wanted);
        }
    }

    /// <summary>Calls a function from a native function or for a metamethod. The results stay above the top.</summary>
    internal LuaResults CallFrom(LuaCoroutine thread, LuaFunction function, ReadOnlySpan<LuaValue> arguments)
    {
        var at = thread.Top;
        thread.Ensure(at + arguments.Length + 1);
        thread.Stack[at] = new LuaValue(function);
        arguments.CopyTo(thread.Stack.AsSpan(at + 1));
        thread.Top = at + 1 + arguments.Length;
        Execute(thread, at, arguments.Length, null);
        thread.Top = at;
        return new LuaResults(thread, at, thread.OpenEnd - at);
    }
}
