namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>An interpreter with all modules in it.</summary>
internal sealed class LuaInterpreter
{
    public LuaInterpreter(LuaMachine machine, LuaCallbacks callbacks, LuaTable environment)
    {
        Machine = machine;
        Callbacks = callbacks;
        Environment = environment;
        machine.State = this;
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

    /// <summary>The interpreter that a native function is called by.</summary>
    public static LuaInterpreter Of(in LuaCall call) => (LuaInterpreter)call.Machine.State!;
}
