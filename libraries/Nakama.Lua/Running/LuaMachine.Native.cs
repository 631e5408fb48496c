using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Native functions with special handling: protected calls, coroutines, and asynchronous functions.</content>
public sealed partial class LuaMachine
{
    private bool BeginNative(LuaCoroutine thread, LuaNativeFunction native, int function, int count, int wanted)
    {
        thread.Top = function + 1 + count;
        Steps--;
        switch (native.Special)
        {
            case LuaSpecial.Async: return BeginAsync(thread, native, function, count, wanted);
            case LuaSpecial.ProtectedCall: return BeginProtected(thread, function, count, wanted);
            case LuaSpecial.ProtectedCallWithHandler: return BeginProtectedWithHandler(thread, function, count, wanted);
            case LuaSpecial.Yield: return Yield(thread, function, count, wanted);
            case LuaSpecial.Resume:
                var coroutine = new LuaCall(thread, function + 1, count)[1].Reference as LuaCoroutine
                    ?? throw new LuaCall(thread, function + 1, count).TypeError(1, LuaKind.Thread);
                return Resume(thread, coroutine, function, function + 2, count - 1, wanted);
            case LuaSpecial.Wrap: return Resume(thread, native.Coroutine!, function, function + 1, count, wanted);
            default:
                CallNative(thread, native, function, count, wanted);
                return true;
        }
    }

    private bool BeginAsync(LuaCoroutine thread, LuaNativeFunction native, int function, int count, int wanted)
    {
        var task = native.AsyncBody!(new LuaCall(thread, function + 1, count));
        if (!task.IsCompleted && _nesting == 1 && _maySuspend)
        {
            _pending = task;
            thread.PendingResult = function;
            thread.PendingWanted = wanted;
            return false;
        }
        // A .NET frame in between cannot be suspended, so the thread has to block.
        if (!task.IsCompleted) Waiting?.Invoke();
        Deliver(thread, function, task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult(), wanted);
        return true;
    }

    private bool BeginProtected(LuaCoroutine thread, int function, int count, int wanted)
    {
        if (count == 0) throw new LuaCall(thread, function + 1, count).ArgumentError(1, "value expected");
        var target = thread.Stack[function + 1];
        if (!target.IsFunction && !MetaOf(target, LuaMeta.Call).IsFunction)
        {
            thread.Stack[function] = false;
            thread.Stack[function + 1] = $"attempt to call a {LuaText.NameOf(target.Kind)} value";
            Adjust(thread, function, 2, wanted);
            return true;
        }
        ref var frame = ref thread.Push();
        frame.Closure = null;
        frame.Kind = LuaFrameKind.ProtectedCall;
        frame.Base = function + 1;
        frame.Result = function;
        frame.Wanted = wanted;
        return BeginCall(thread, function + 1, count - 1, -1);
    }

    private bool BeginProtectedWithHandler(LuaCoroutine thread, int function, int count, int wanted)
    {
        var call = new LuaCall(thread, function + 1, count);
        call.CheckFunction(1);
        var handler = call.CheckFunction(2);
        ref var frame = ref thread.Push();
        frame.Closure = null;
        frame.Handler = handler;
        frame.Kind = LuaFrameKind.ProtectedCallWithHandler;
        frame.Base = function + 1;
        frame.Result = function;
        frame.Wanted = wanted;
        return BeginCall(thread, function + 1, 0, -1);
    }

    private bool Resume(LuaCoroutine thread, LuaCoroutine coroutine, int function, int from, int count, int wanted)
    {
        var isWrapped = from == function + 1;
        if (coroutine.Status != LuaCoroutineStatus.Suspended)
        {
            var problem = coroutine.Status == LuaCoroutineStatus.Dead ? "cannot resume dead coroutine" : "cannot resume non-suspended coroutine";
            if (isWrapped) throw Error(thread, problem);
            thread.Stack[function] = false;
            thread.Stack[function + 1] = problem;
            Adjust(thread, function, 2, wanted);
            return true;
        }
        if (coroutine.Machine != this) throw Error(thread, "cannot resume a coroutine of another interpreter");
        if (CoroutineDepth(thread) >= MostNesting) throw Error(thread, "stack overflow");
        var target = coroutine.IsStarted ? coroutine.PendingResult : 1;
        coroutine.Ensure(target + count);
        Array.Copy(thread.Stack, from, coroutine.Stack, target, count);
        thread.PendingResult = function;
        thread.PendingWanted = wanted;
        thread.Status = LuaCoroutineStatus.Normal;
        coroutine.Status = LuaCoroutineStatus.Running;
        coroutine.Parent = thread;
        coroutine.IsWrapped = isWrapped;
        _current = coroutine;
        if (coroutine.IsStarted)
        {
            Adjust(coroutine, target, count, coroutine.PendingWanted);
            return true;
        }
        coroutine.IsStarted = true;
        coroutine.Stack[0] = new LuaValue(coroutine.Body);
        return BeginCall(coroutine, 0, count, -1);
    }

    private static int CoroutineDepth(LuaCoroutine thread)
    {
        var depth = 0;
        for (var parent = thread.Parent; parent is not null; parent = parent.Parent) depth++;
        return depth;
    }

    private bool Yield(LuaCoroutine thread, int function, int count, int wanted)
    {
        if (thread.Parent is null) throw Error(thread, "attempt to yield from outside a coroutine");
        if (ReferenceEquals(thread, _entry)) throw Error(thread, "attempt to yield across a call from a native function");
        thread.PendingResult = function;
        thread.PendingWanted = wanted;
        thread.Status = LuaCoroutineStatus.Suspended;
        HandOver(thread, function + 1, count);
        return true;
    }

    private void EndCoroutine(LuaCoroutine thread)
    {
        thread.Status = LuaCoroutineStatus.Dead;
        HandOver(thread, 0, thread.OpenEnd);
    }

    /// <summary>Passes values to the resuming coroutine, which continues.</summary>
    private void HandOver(LuaCoroutine thread, int from, int count)
    {
        var isWrapped = thread.IsWrapped;
        var parent = Leave(thread);
        var result = parent.PendingResult;
        var wanted = parent.PendingWanted;
        if (!isWrapped) parent.Stack[result++] = true;
        var moved = wanted < 0 ? count : Math.Min(count, Math.Max(0, isWrapped ? wanted : wanted - 1));
        parent.Ensure(result + moved);
        Array.Copy(thread.Stack, from, parent.Stack, result, moved);
        Adjust(parent, parent.PendingResult, result - parent.PendingResult + moved, wanted);
    }

    private LuaCoroutine Leave(LuaCoroutine thread)
    {
        var parent = thread.Parent!;
        thread.Parent = null;
        parent.Status = LuaCoroutineStatus.Running;
        _current = parent;
        return parent;
    }
}
