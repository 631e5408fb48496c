using System.Text;
using System.Text.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.DotNet.Functions;

/// <summary>The text of a JSON object that a C# game passes to a function, which stores it as it is.</summary>
internal sealed class GameJson(string text) : IScriptTable
{
    public int Length => 0;

    public bool IsEmpty => false;

    public ScriptValue this[int index] => default;

    public ScriptValue Field(string name) => default;

    public IEnumerable<(string? Name, ScriptValue Value)> Entries() => [];

    public byte[] ToJson()
    {
        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read()) return json;
        }
        catch (JsonException e)
        {
            throw new ScriptValueException($"The text is not JSON: {e.Message}");
        }

        throw new ScriptValueException("The text is not a JSON object.");
    }

    public string ToJsonObject()
    {
        ToJson();
        return text;
    }
}
