using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.Lua;

/// <summary>An interpreter with all modules in it.</summary>
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

    /// <summary>What its modules have registered; interpreters that share their globals share these as well.</summary>
    public LuaCallbacks Callbacks { get; }

    /// <summary>The operator's values, as contexts show them.</summary>
    public LuaTable Environment { get; }

    /// <summary>Why it runs at the moment.</summary>
    public RuntimeContext Context { get; set; } = RuntimeContext.Loading;

    /// <summary>Whether its modules are still being loaded, so that they may register functions.</summary>
    public bool IsLoading { get; set; }

    /// <summary>Where it goes when a call has ended; null while its modules are loaded.</summary>
    public InterpreterPool<LuaInterpreter>? Pool { get; set; }

    /// <summary>Begins a function of the server that may lead to callbacks; null while no callbacks are possible.</summary>
    public HeldInterpreter? Hold()
    {
        if (Pool is null) return null;
        var held = HeldInterpreter.Enter(Pool, this);
        _held.Push(held);
        return held;
    }

    /// <summary>Ends a function of the server; completes when the script may go on.</summary>
    public async ValueTask ReleaseAsync(HeldInterpreter held)
    {
        await held.CloseAsync();
        _held.Pop();
    }

    /// <summary>Ends a function of the server that has never let the script wait.</summary>
    public void Release(HeldInterpreter held)
    {
        held.Close();
        _held.Pop();
    }

    /// <summary>The interpreter that a native function is called by.</summary>
    public static LuaInterpreter Of(in LuaCall call) => (LuaInterpreter)call.Machine.State!;

    private void Open()
    {
        if (_held.TryPeek(out var innermost)) innermost.Open();
    }
}
