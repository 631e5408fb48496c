using System.Text;

namespace Nakama.Server.Wire.Gob;

/// <summary>The fields of one structure by name. A field that is absent has its zero value, as in Go.</summary>
public sealed class GobRecord
{
    private readonly Dictionary<string, GobValue> _fields = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">The field is something else.</exception>
    public bool Bool(string name) => Find(name, GobKind.Bool).Number != 0;

    /// <summary>A signed or an unsigned number.</summary>
    /// <exception cref="FormatException">The field is something else, or too large.</exception>
    public long Number(string name)
    {
        if (!_fields.TryGetValue(name, out var value)) return 0;
        if (value.Kind == GobKind.Int) return unchecked((long)value.Number);
        if (value.Kind == GobKind.Uint && value.Number <= long.MaxValue) return (long)value.Number;
        throw Mismatch(name);
    }

    /// <exception cref="FormatException">The field is something else.</exception>
    public string Text(string name) => Encoding.UTF8.GetString(Find(name, GobKind.String).Bytes ?? []);

    /// <exception cref="FormatException">The field is something else.</exception>
    public ReadOnlyMemory<byte> Bytes(string name) => Find(name, GobKind.Bytes).Bytes ?? [];

    internal void Set(string name, GobValue value) => _fields[name] = value;

    private GobValue Find(string name, long kind)
    {
        if (!_fields.TryGetValue(name, out var value)) return default;
        return value.Kind == kind ? value : throw Mismatch(name);
    }

    private static FormatException Mismatch(string name) => new($"Field {name} is of another type.");
}
