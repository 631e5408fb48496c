namespace Nakama.Server.Runtime.Functions;

/// <summary>An object with fields of this server, in the order in which modules see them. Names are snake_case.</summary>
public sealed class HostRecord(int capacity = 8)
{
    private readonly List<KeyValuePair<string, HostValue>> _fields = new(capacity);

    public IReadOnlyList<KeyValuePair<string, HostValue>> Fields => _fields;

    /// <summary>Whether the names are a game's own, which every language keeps as they are.</summary>
    public bool HasForeignNames { get; init; }

    public HostRecord Add(string name, HostValue value)
    {
        _fields.Add(KeyValuePair.Create(name, value));
        return this;
    }

    public HostRecord Add(string name, string value) => Add(name, HostValue.Of(value));

    public HostRecord Add(string name, double value) => Add(name, HostValue.Of(value));

    public HostRecord Add(string name, bool value) => Add(name, HostValue.Of(value));

    public HostRecord Add(string name, HostRecord value) => Add(name, HostValue.Of(value));

    /// <summary>Leaves the field out when the text is empty.</summary>
    public HostRecord AddIfSet(string name, string value) => value.Length == 0 ? this : Add(name, HostValue.Of(value));

    /// <summary>An instant in seconds since the epoch; left out when there is none.</summary>
    public HostRecord AddIfSet(string name, Google.Protobuf.WellKnownTypes.Timestamp? time) =>
        time is null ? this : Add(name, HostValue.Of((double)time.Seconds));

    /// <summary>JSON text that the module sees as a table.</summary>
    public HostRecord AddJson(string name, string json) => Add(name, HostValue.Json(json));
}
