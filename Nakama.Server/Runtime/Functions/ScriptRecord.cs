namespace Nakama.Server.Runtime.Functions;

/// <summary>A server object with named fields, in the order in which modules get them. Names are snake_case.</summary>
public sealed class ScriptRecord(int capacity = 8)
{
    private readonly List<KeyValuePair<string, ScriptValue>> _fields = new(capacity);

    public IReadOnlyList<KeyValuePair<string, ScriptValue>> Fields => _fields;

    /// <summary>Whether the names belong to a game, so that no language changes them.</summary>
    public bool HasForeignNames { get; init; }

    public ScriptRecord Add(string name, ScriptValue value)
    {
        _fields.Add(KeyValuePair.Create(name, value));
        return this;
    }

    public ScriptRecord Add(string name, string value) => Add(name, ScriptValue.Of(value));

    public ScriptRecord Add(string name, double value) => Add(name, ScriptValue.Of(value));

    public ScriptRecord Add(string name, bool value) => Add(name, ScriptValue.Of(value));

    public ScriptRecord Add(string name, ScriptRecord value) => Add(name, ScriptValue.Of(value));

    /// <summary>Leaves the field out when the text is empty.</summary>
    public ScriptRecord AddIfSet(string name, string value) => value.Length == 0 ? this : Add(name, ScriptValue.Of(value));

    /// <summary>A time in seconds since the epoch; left out when there is none.</summary>
    public ScriptRecord AddIfSet(string name, Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is null ? this : Add(name, ScriptValue.Of((double)time.Seconds));

    /// <summary>JSON text that the module gets as a table.</summary>
    public ScriptRecord AddJson(string name, string json) => Add(name, ScriptValue.Json(json));
}
