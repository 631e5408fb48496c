using System.Text;
using System.Text.Json;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// An object that a function returned, copied as JSON so that it may be read after its engine has begun another call.
/// </summary>
internal sealed class SerializedTable : IScriptTable
{
    private readonly byte[] _json;
    private readonly ScriptValueException? _error;
    private readonly JsonElement _element;

    private SerializedTable(byte[] json, JsonElement element, ScriptValueException? error) => (_json, _element, _error) = (json, element, error);

    public int Length => _element.ValueKind == JsonValueKind.Array ? _element.GetArrayLength() : 0;

    public bool IsEmpty => _element.ValueKind switch
    {
        JsonValueKind.Array => _element.GetArrayLength() == 0,
        JsonValueKind.Object => _element.GetPropertyCount() == 0,
        _ => true,
    };

    public ScriptValue this[int index] => ToHost(_element[index]);

    /// <summary>The bytes of a member that is an <c>ArrayBuffer</c>, which JSON cannot hold; null when there is none.</summary>
    private (string Name, byte[] Bytes)? Buffer { get; init; }

    /// <summary>A copy whose member of that name may be an <c>ArrayBuffer</c>.</summary>
    public static SerializedTable Of(JavaScriptTableView table, string bufferName) => table.BufferOrNull(bufferName) is { } bytes
        ? Of(table, (bufferName, bytes))
        : Of(table);

    /// <summary>A value that has no JSON form becomes a table that fails when it is read as JSON.</summary>
    public static SerializedTable Of(JavaScriptTableView table, (string Name, byte[] Bytes)? buffer = null)
    {
        try
        {
            var json = table.ToJson();
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1100 });
            return new(json, document.RootElement.Clone(), null) { Buffer = buffer };
        }
        catch (ScriptValueException e)
        {
            return new([], default, e);
        }
    }

    public ScriptValue Field(string name) => Buffer is { } buffer && buffer.Name == name ? ScriptValue.Of(buffer.Bytes) :
        _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(JavaScriptConversion.Spelled(name), out var value) ? ToHost(value) : default;

    public bool Has(string name) => _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(JavaScriptConversion.Spelled(name), out _);

    public IEnumerable<(string? Name, ScriptValue Value)> Entries()
    {
        if (_element.ValueKind != JsonValueKind.Object) yield break;
        foreach (var member in _element.EnumerateObject()) yield return (member.Name, ToHost(member.Value));
    }

    public byte[] ToJson() => _error is null ? _json : throw _error;

    public string ToJsonObject() => _element.ValueKind == JsonValueKind.Array ? FunctionCall.NoObject : Encoding.UTF8.GetString(ToJson());

    private static ScriptValue ToHost(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => ScriptValue.Of(true),
        JsonValueKind.False => ScriptValue.Of(false),
        JsonValueKind.Number => ScriptValue.Of(element.GetDouble()),
        JsonValueKind.String => ScriptValue.Of(element.GetString()),
        JsonValueKind.Object or JsonValueKind.Array => ScriptValue.Of(new SerializedTable(Encoding.UTF8.GetBytes(element.GetRawText()), element, null)),
        _ => default,
    };
}
