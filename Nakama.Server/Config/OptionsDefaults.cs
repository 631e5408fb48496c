namespace Nakama.Server.Config;

/// <summary>Settings whose default depends on the machine or on other settings.</summary>
internal static class OptionsDefaults
{
    public static NakamaOptions Complete(NakamaOptions options)
    {
        if (options.DataDir.Length == 0)
            options = options with { DataDir = Path.Combine(Environment.CurrentDirectory, "data") };

        var runtime = options.Runtime;
        return options with
        {
            Runtime = runtime with
            {
                Path = runtime.Path.Length > 0 ? runtime.Path : Path.Combine(options.DataDir, "modules"),
                LuaMinCount = Older(runtime.MinCount, runtime.LuaMinCount),
                LuaMaxCount = Older(runtime.MaxCount, runtime.LuaMaxCount),
                LuaCallStackSize = Older(runtime.CallStackSize, runtime.LuaCallStackSize),
                LuaRegistrySize = Older(runtime.RegistrySize, runtime.LuaRegistrySize),
                LuaReadOnlyGlobals = runtime.ReadOnlyGlobals && runtime.LuaReadOnlyGlobals,
            },
        };
    }

    /// <summary>A deprecated name, once used, wins over the name that replaced it.</summary>
    private static int Older(int deprecated, int current) => deprecated != 0 ? deprecated : current;
}
