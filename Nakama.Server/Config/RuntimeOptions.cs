namespace Nakama.Server.Config;

/// <summary>Settings below <c>runtime</c>.</summary>
public sealed record RuntimeOptions
{
    /// <summary>KEY=VALUE passed to modules.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>Module root.</summary>
    public string Path { get; init; } = "";

    /// <summary>Server-to-server RPC key; not empty.</summary>
    public string HttpKey { get; init; } = "defaulthttpkey";

    /// <summary>Deprecated aliases of the lua_ ones; non-zero overrides and warns.</summary>
    public int MinCount { get; init; }

    /// <summary>Deprecated aliases of the lua_ ones; non-zero overrides and warns.</summary>
    public int MaxCount { get; init; }

    /// <summary>Deprecated aliases of the lua_ ones; non-zero overrides and warns.</summary>
    public int CallStackSize { get; init; }

    /// <summary>Deprecated aliases of the lua_ ones; non-zero overrides and warns.</summary>
    public int RegistrySize { get; init; }

    /// <summary>≥0, ≤ max.</summary>
    public int LuaMinCount { get; init; } = 16;

    /// <summary>≥1.</summary>
    public int LuaMaxCount { get; init; } = 48;

    /// <summary>≥1.</summary>
    public int LuaCallStackSize { get; init; } = 128;

    /// <summary>≥128.</summary>
    public int LuaRegistrySize { get; init; } = 512;

    /// <summary>≥0, ≤ max.</summary>
    public int JsMinCount { get; init; } = 16;

    /// <summary>≥1.</summary>
    public int JsMaxCount { get; init; } = 32;

    /// <summary>≥1.</summary>
    public int EventQueueSize { get; init; } = 65536;

    /// <summary>≥1.</summary>
    public int EventQueueWorkers { get; init; } = 8;

    /// <summary>Deprecated; false overrides lua one and warns.</summary>
    public bool ReadOnlyGlobals { get; init; } = true;

    public bool LuaReadOnlyGlobals { get; init; } = true;

    public bool JsReadOnlyGlobals { get; init; } = true;

    /// <summary>Include Lua stack traces in client errors.</summary>
    public bool LuaApiStacktrace { get; init; }

    /// <summary>File under runtime.path; must exist and end .js.</summary>
    public string JsEntrypoint { get; init; } = "";
}
