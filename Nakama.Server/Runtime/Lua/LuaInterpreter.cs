using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.Lua;

/// <summary>An interpreter with all modules loaded.</summary>
internal sealed class LuaInterpreter
{
    private readonly Stack<HeldInterpreter> _held = new();

    public LuaInterpreter(LuaMachine machine, LuaCallbacks callbacks, LuaTable environment)
    {
        Machine = machine;
        Callbacks = callbacks;
        Environment = environment;
        machine.State = this;
        machine.Waiting = Open;
    }

    public LuaMachine Machine { get; }

    /// <summary>The callbacks of its modules; interpreters that share their globals share these as well.</summary>
    public LuaCallbacks Callbacks { get; }

    /// <summary>The configured environment, as shown in contexts.</summary>
    public LuaTable Environment { get; }

    /// <summary>The context of the current call.</summary>
    public RuntimeContext Context { get; set; } = RuntimeContext.Loading;

    /// <summary>The match that it belongs to; null for interpreters of the pool.</summary>
    public Matches.MatchContext? Match { get; init; }

    /// <summary>Whether its modules are still being loaded, so that they may register functions.</summary>
    public bool IsLoading { get; set; }

    /// <summary>The pool to which it returns after a call; null while its modules are being loaded.</summary>
    public InterpreterPool<LuaInterpreter>? Pool { get; set; }

    /// <summary>The key under which callbacks find it while it waits: its pool, else the interpreter itself.</summary>
    public object Key => Pool ?? (object)this;

    /// <summary>Begins a server function that may cause callbacks; null while no callbacks are possible.</summary>
    /// <param name="takesFunction">Whether the function calls one that the script has passed.</param>
    public HeldInterpreter? Hold(bool takesFunction)
    {
        if (Pool is null && !takesFunction) return null;
        var held = HeldInterpreter.Enter(Key, this);
        _held.Push(held);
        return held;
    }

    /// <summary>Ends a server function; completes when the script may continue.</summary>
    public async ValueTask ReleaseAsync(HeldInterpreter held)
    {
        await held.CloseAsync();
        _held.Pop();
    }

    /// <summary>Ends a server function that never suspended the script.</summary>
    public void Release(HeldInterpreter held)
    {
        held.Close();
        _held.Pop();
    }

    /// <summary>The interpreter that calls a native function.</summary>
    public static LuaInterpreter Of(in LuaCall call) => (LuaInterpreter)call.Machine.State!;

    private void Open()
    {
        if (_held.TryPeek(out var innermost)) innermost.Open();
    }
}
