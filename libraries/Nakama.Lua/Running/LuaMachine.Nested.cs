using Nakama.Lua.Running;

namespace Nakama.Lua;

/// <content>Calls from the host while a native function of another call waits.</content>
public sealed partial class LuaMachine
{
    // The calls that wait, innermost first.
    private OuterCall? _outer;

    // The stack of the last nested call, for the next one.
    private LuaCoroutine? _spare;

    /// <summary>
    /// Calls a function while a call of this interpreter waits for a native function, which must not complete first. The call has
    /// its own stack, but only the rest of the outer call's budgets. Errors are those of <see cref="CallAsync"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">No call is in progress.</exception>
    public ValueTask<LuaResults> CallNestedAsync(LuaFunction function, ReadOnlySpan<LuaValue> arguments, CancellationToken cancellationToken)
    {
        if (!_isBusy) throw new InvalidOperationException("No call of the interpreter is in progress.");
        _outer = new OuterCall(_outer, _main, _current, _entry, _nesting, _maySuspend, _allocatedBefore, CancellationToken);
        _main = _spare ?? new LuaCoroutine(this, null) { Status = LuaCoroutineStatus.Running };
        _spare = null;
        (_current, _entry, _nesting, _maySuspend, CancellationToken) = (_main, _main, 0, true, cancellationToken);
        var isWaiting = false;
        try
        {
            Continue();
            Place(function, arguments);
            isWaiting = !Execute(_main, 0, arguments.Length, null);
            return isWaiting ? FinishAsync() : new(new LuaResults(_main, 0, _main.OpenEnd));
        }
        finally
        {
            if (!isWaiting) End();
        }
    }

    private void EndNested()
    {
        var outer = _outer!;
        _spare = _main;
        (_main, _current, _entry, _nesting, _maySuspend) = (outer.Main, outer.Current, outer.Entry, outer.Nesting, outer.MaySuspend);
        (CancellationToken, _allocatedBefore) = (outer.CancellationToken, outer.AllocatedBefore);
        _outer = outer.Outer;
    }

    /// <summary>The stacks of the host's calls, innermost first.</summary>
    internal IEnumerable<LuaCoroutine> Stacks()
    {
        yield return _main;
        for (var thread = _current; thread is not null; thread = thread.Parent) yield return thread;
        for (var outer = _outer; outer is not null; outer = outer.Outer)
        {
            yield return outer.Main;
            for (var thread = outer.Current; thread is not null; thread = thread.Parent) yield return thread;
        }
    }

    /// <summary>A call that waits while another one runs.</summary>
    private sealed record OuterCall(
        OuterCall? Outer, LuaCoroutine Main, LuaCoroutine Current, LuaCoroutine Entry, int Nesting, bool MaySuspend,
        long AllocatedBefore, CancellationToken CancellationToken);
}
