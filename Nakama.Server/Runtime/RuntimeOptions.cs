namespace Nakama.Server.Runtime;

/// <summary>Settings below <c>runtime</c>.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Values for modules, each as <c>KEY=VALUE</c>; all sources are merged by key.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>The folder of game modules; empty is <c>modules</c> below <c>data_dir</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary>Key with which other servers call functions over HTTP; not empty.</summary>
    public string HttpKey { get; init; } = "defaulthttpkey";

    /// <summary>
    /// Addresses and networks that <c>http_request</c> of modules does not connect to, whatever name leads there; the default
    /// ones are link-local ones and those at which clouds tell machines their secrets. Entries that are given replace them; a
    /// single empty one allows all.
    /// </summary>
    public IReadOnlyList<string> HttpDeniedAddresses { get; init; } =
    [
        "169.254.0.0/16", "fe80::/10", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16",
    ];

    /// <summary>Older name of <c>runtime.lua_min_count</c>; wins when not 0.</summary>
    public int MinCount { get; init; }

    /// <summary>Older name of <c>runtime.lua_max_count</c>; wins when not 0.</summary>
    public int MaxCount { get; init; }

    /// <summary>Older name of <c>runtime.lua_call_stack_size</c>; wins when not 0.</summary>
    public int CallStackSize { get; init; }

    /// <summary>Older name of <c>runtime.lua_registry_size</c>; wins when not 0.</summary>
    public int RegistrySize { get; init; }

    /// <summary>
    /// How many Lua interpreters are made at the start, at least 0 and at most <c>runtime.lua_max_count</c>.
    /// </summary>
    public int LuaMinCount { get; init; } = 16;

    /// <summary>How many Lua interpreters there may be, at least 1.</summary>
    public int LuaMaxCount { get; init; } = 48;

    /// <summary>How deep calls in Lua may go, in calls, at least 1.</summary>
    public int LuaCallStackSize { get; init; } = 128;

    /// <summary>How many values the registry of a Lua interpreter begins with, at least 128.</summary>
    public int LuaRegistrySize { get; init; } = 512;

    /// <summary>
    /// How many JavaScript interpreters are made at the start, at least 0 and at most <c>runtime.js_max_count</c>.
    /// </summary>
    public int JsMinCount { get; init; } = 16;

    /// <summary>How many JavaScript interpreters there may be, at least 1.</summary>
    public int JsMaxCount { get; init; } = 32;

    /// <summary>
    /// How long one call of a JavaScript function may compute before it is stopped, in ms, at least 100; waiting for functions
    /// of the server does not count.
    /// </summary>
    public int JsCallTimeoutMs { get; init; } = 10_000;

    /// <summary>How much memory one call of a JavaScript function may allocate before it is stopped, in MB, at least 16.</summary>
    public int JsCallMemoryMb { get; init; } = 512;

    /// <summary>
    /// How much memory the values of one JavaScript interpreter may take between calls, in MB; 0 is no limit. An interpreter
    /// beyond it is replaced by a new one, and a match beyond it ends.
    /// </summary>
    public int JsRetainedMemoryMb { get; init; } = 128;

    /// <summary>
    /// How many calls of functions may wait for a free interpreter of their language, at least 1; further ones are refused.
    /// </summary>
    public int CallQueueSize { get; init; } = 4096;

    /// <summary>How long a call of a function waits for a free interpreter before it is refused, in ms, at least 1.</summary>
    public int CallQueueWaitMs { get; init; } = 10_000;

    /// <summary>How many events may wait for modules, at least 1; further ones are dropped.</summary>
    public int EventQueueSize { get; init; } = 65536;

    /// <summary>How many events are handled at the same time, at least 1.</summary>
    public int EventQueueWorkers { get; init; } = 8;

    /// <summary>How many jobs of modules run at the same time on this node, at least 1; further ones wait or run on other nodes.</summary>
    public int JobWorkers { get; init; } = 4;

    /// <summary>How long after the loss of a node the jobs that it ran are run by others, in seconds, at least 1.</summary>
    public int JobLeaseSec { get; init; } = 60;

    /// <summary>How long a run of a job may take before it is stopped, in seconds, at least 1.</summary>
    public int JobTimeoutSec { get; init; } = 3600;

    /// <summary>
    /// Whether modules are loaded again when their files change, for development. New code serves new calls and new matches;
    /// running matches finish on the code that they began with.
    /// </summary>
    public bool HotReload { get; init; }

    /// <summary>Older name of <c>runtime.lua_read_only_globals</c>; wins when false.</summary>
    public bool ReadOnlyGlobals { get; init; } = true;

    /// <summary>Whether Lua modules are kept from changing globals after the start.</summary>
    public bool LuaReadOnlyGlobals { get; init; } = true;

    /// <summary>Whether JavaScript modules are kept from changing globals after the start.</summary>
    public bool JsReadOnlyGlobals { get; init; } = true;

    /// <summary>Whether errors of Lua modules reach clients with their stack trace.</summary>
    public bool LuaApiStacktrace { get; init; }

    /// <summary>The JavaScript file to run, below <c>runtime.path</c> and ending in <c>.js</c>.</summary>
    public string JsEntrypoint { get; init; } = "";
}
