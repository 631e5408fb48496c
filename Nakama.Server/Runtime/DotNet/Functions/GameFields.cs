using System.Text;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>Named values that a C# game passes to a function.</summary>
internal sealed class GameFields((string Name, ScriptValue Value)[] fields) : IScriptTable
{
    public int Length => 0;

    public bool IsEmpty => fields.Length == 0;

    public ScriptValue this[int index] => default;

    public static GameFields Of(IReadOnlyDictionary<string, string> map) => new([.. map.Select(static entry => (entry.Key, ScriptValue.Of(entry.Value)))]);

    public static GameFields Of(IReadOnlyDictionary<string, long> map) =>
        new([.. map.Select(static entry => (entry.Key, ScriptValue.OfWhole(entry.Value)))]);

    public ScriptValue Field(string name)
    {
        foreach (var (known, value) in fields)
        {
            if (known == name) return value;
        }

        return default;
    }

    public IEnumerable<(string? Name, ScriptValue Value)> Entries()
    {
        foreach (var (name, value) in fields) yield return (name, value);
    }

    public byte[] ToJson() => GameParameters.ToJson(ScriptValue.Of(this));

    public string ToJsonObject() => Encoding.UTF8.GetString(ToJson());
}
