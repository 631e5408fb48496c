namespace Nakama.Server.Runtime.Functions;

/// <summary>Values that all calls on this node share. Each language has its own cache.</summary>
internal sealed class CacheFunctions(TimeProvider time) : IFunctionModule
{
    private const double MaxLifetimeSec = 1e9;

    private readonly LocalCache[] _caches = [.. Enum.GetValues<ScriptLanguage>().Select(_ => new LocalCache(time))];

    public string Name => "Local cache";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("localcache_get", "A cached value, or the default when there is none.")
            .Text("key", new("expects key string", "expects non empty key string")).OptionalAny("default")
            .Returns("value").Does(call => Of(call).Get(call.Text(0)) ?? call[1]);
        functions.Function("localcache_put", "Keeps a value for some seconds, or for good without them.")
            .Text("key", new("expects key string", "expects non empty key string")).OptionalAny("value").OptionalWhole("ttl_sec", 0)
            .Does(Put);
        functions.Function("localcache_delete", "Drops a cached value.")
            .Text("key", new("expects key string", "expects non empty key string")).Does(call =>
            {
                Of(call).Delete(call.Text(0));
                return default;
            });
        functions.Function("localcache_clear", "Drops all cached values.").Does(call =>
        {
            Of(call).Clear();
            return default;
        });
    }

    private LocalCache Of(FunctionCall call) => _caches[(int)call.Language];

    private ScriptValue Put(FunctionCall call)
    {
        if (call.Language == ScriptLanguage.JavaScript && call[1].IsNull) throw call.Refuse(1, "expects a non empty value");
        if (call.Language == ScriptLanguage.JavaScript && call[1].Kind is not (ScriptValueKind.Text or ScriptValueKind.Number or ScriptValueKind.Flag))
            throw call.Refuse(1, "unsupported value type: must be string, numeric or boolean");
        if (call.Number(2) < 0) throw call.Refuse(2, "ttl must be 0 or more");
        Of(call).Put(call.Text(0), call[1], TimeSpan.FromSeconds(Math.Min(call.Whole(2), MaxLifetimeSec)));
        return default;
    }
}
