namespace Nakama.Server.Runtime.Functions;

/// <summary>A server object with named fields, in the order in which modules get them. Names are snake_case.</summary>
public sealed class ScriptRecord
{
    private readonly Func<object, ScriptLanguage, ScriptRecord>? _show;
    private readonly ScriptLanguage _language;
    private List<KeyValuePair<string, ScriptValue>>? _fields;

    public ScriptRecord(int capacity = 8) => _fields = new(capacity);

    private ScriptRecord(object source, ScriptLanguage language, Func<object, ScriptLanguage, ScriptRecord> show) =>
        (Source, _language, _show) = (source, language, show);

    public IReadOnlyList<KeyValuePair<string, ScriptValue>> Fields => Shown;

    /// <summary>The object that the record shows, which games in C# get in place of the fields; null for records without one.</summary>
    public object? Source { get; }

    /// <summary>Whether the names belong to a game, so that no language changes them.</summary>
    public bool HasForeignNames { get; init; }

    private List<KeyValuePair<string, ScriptValue>> Shown => _fields ??= _show!(Source!, _language).Shown;

    /// <summary>A record of an object, whose fields are made when a language reads them.</summary>
    public static ScriptRecord Showing(object source, ScriptLanguage language, Func<object, ScriptLanguage, ScriptRecord> show, bool hasForeignNames = false) =>
        new(source, language, show) { HasForeignNames = hasForeignNames };

    /// <inheritdoc cref="Showing(object, ScriptLanguage, Func{object, ScriptLanguage, ScriptRecord}, bool)"/>
    /// <remarks>The fields are the same in all languages.</remarks>
    public static ScriptRecord Showing(object source, Func<object, ScriptLanguage, ScriptRecord> show, bool hasForeignNames = false) =>
        new(source, default, show) { HasForeignNames = hasForeignNames };

    /// <summary>The value of a field; null when the record has none of that name.</summary>
    public ScriptValue this[string name]
    {
        get
        {
            foreach (var (known, value) in Shown)
            {
                if (known == name) return value;
            }

            return default;
        }
    }

    public ScriptRecord Add(string name, ScriptValue value)
    {
        Shown.Add(KeyValuePair.Create(name, value));
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
