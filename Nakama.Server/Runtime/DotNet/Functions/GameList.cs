using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>A list that a C# game passes to a function.</summary>
internal sealed class GameList(List<ScriptValue> items) : IScriptTable
{
    public int Length => items.Count;

    public bool IsEmpty => items.Count == 0;

    public ScriptValue this[int index] => items[index];

    public ScriptValue Field(string name) => default;

    public IEnumerable<(string? Name, ScriptValue Value)> Entries() => [];

    public byte[] ToJson() => GameParameters.ToJson(ScriptValue.Of(this));

    public string ToJsonObject() => FunctionCall.NoObject;
}
