namespace Nakama.Server.Runtime.Functions;

/// <summary>The approximate memory size of values, accurate enough to bound caches.</summary>
internal static class ScriptValueWeight
{
    /// <summary>The size of any value in addition to its text.</summary>
    private const int ValueBytes = 64;

    /// <summary>The number of values that are counted at most, for large tables and for tables that contain themselves.</summary>
    private const int MaxValues = 100_000;

    public static long Of(string key, in ScriptValue value)
    {
        var bytes = ValueBytes + (2L * key.Length);
        var waiting = new Stack<ScriptValue>();
        waiting.Push(value);
        for (var count = 0; count < MaxValues && waiting.TryPop(out var next); count++)
        {
            bytes += ValueBytes;
            switch (next.Kind)
            {
                case ScriptValueKind.Text or ScriptValueKind.Json or ScriptValueKind.Bytes:
                    bytes += next.AsBytes().Length;
                    break;
                case ScriptValueKind.Table:
                    Open(next.AsTable(), waiting, ref bytes);
                    break;
            }
        }

        return bytes;
    }

    private static void Open(IScriptTable table, Stack<ScriptValue> waiting, ref long bytes)
    {
        for (var i = 0; i < table.Length && waiting.Count < MaxValues; i++) waiting.Push(table[i]);
        if (table.Length > 0) return;
        foreach (var (name, value) in table.Entries())
        {
            if (waiting.Count >= MaxValues) return;
            bytes += name?.Length ?? 0;
            waiting.Push(value);
        }
    }
}
