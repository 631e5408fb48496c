using System.Buffers.Binary;
using System.Text;

namespace Nakama.Server.Wire.Gob;

/// <summary>
/// Writes one flat structure in Go's gob encoding, so that the reference server can read the cursors of this server, too.
/// Fields are written in the given order; of fields with zero values only the definition is written.
/// </summary>
public sealed class GobWriter(string name)
{
    // The first type id that gob assigns to user-defined types.
    private const long TypeId = 65;

    // Fields of a type definition, as deltas from the previous field.
    private const byte Structure = 3;
    private const byte Next = 1;
    private const byte End = 0;

    private readonly List<byte> _definitions = [];
    private readonly List<byte> _values = [];
    private int _count;
    private int _lastWritten = -1;

    public GobWriter Bool(string field, bool value) => Numeric(field, GobKind.Bool, value ? 1UL : 0);

    public GobWriter Number(string field, long value) =>
        Numeric(field, GobKind.Int, value < 0 ? ((ulong)~value << 1) | 1 : (ulong)value << 1);

    public GobWriter Natural(string field, ulong value) => Numeric(field, GobKind.Uint, value);

    public GobWriter Text(string field, string value) => Span(field, GobKind.String, Encoding.UTF8.GetBytes(value));

    public GobWriter Bytes(string field, ReadOnlySpan<byte> value) => Span(field, GobKind.Bytes, value);

    public byte[] ToArray()
    {
        List<byte> definition = [];
        WriteInt(definition, -TypeId);
        definition.Add(Structure);
        definition.Add(Next);
        definition.Add(Next);
        WriteBytes(definition, Encoding.UTF8.GetBytes(name));
        definition.Add(Next);
        WriteInt(definition, TypeId);
        definition.Add(End);
        definition.Add(Next);
        WriteUint(definition, (ulong)_count);
        definition.AddRange(_definitions);
        definition.Add(End);
        definition.Add(End);

        List<byte> record = [];
        WriteInt(record, TypeId);
        record.AddRange(_values);
        record.Add(End);

        List<byte> stream = [];
        WriteBytes(stream, [.. definition]);
        WriteBytes(stream, [.. record]);
        return [.. stream];
    }

    private GobWriter Numeric(string field, long kind, ulong value)
    {
        if (Define(field, kind, isZero: value == 0)) WriteUint(_values, value);
        return this;
    }

    private GobWriter Span(string field, long kind, ReadOnlySpan<byte> value)
    {
        if (Define(field, kind, isZero: value.IsEmpty)) WriteBytes(_values, value);
        return this;
    }

    /// <summary>True when a value must follow.</summary>
    private bool Define(string field, long kind, bool isZero)
    {
        _definitions.Add(Next);
        WriteBytes(_definitions, Encoding.UTF8.GetBytes(field));
        _definitions.Add(Next);
        WriteInt(_definitions, kind);
        _definitions.Add(End);

        var index = _count++;
        if (isZero) return false;
        WriteUint(_values, (ulong)(index - _lastWritten));
        _lastWritten = index;
        return true;
    }

    private static void WriteInt(List<byte> output, long value) =>
        WriteUint(output, value < 0 ? ((ulong)~value << 1) | 1 : (ulong)value << 1);

    private static void WriteBytes(List<byte> output, ReadOnlySpan<byte> value)
    {
        WriteUint(output, (ulong)value.Length);
        output.AddRange(value);
    }

    private static void WriteUint(List<byte> output, ulong value)
    {
        if (value < 128)
        {
            output.Add((byte)value);
            return;
        }
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        var significant = bytes.TrimStart((byte)0);
        output.Add((byte)-significant.Length);
        output.AddRange(significant);
    }
}
