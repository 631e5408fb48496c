using System.Buffers.Binary;
using System.Text;

namespace Nakama.Server.Wire.Gob;

/// <summary>
/// Reads one flat structure in Go's gob encoding, which the reference server uses for cursors. Fields are identified by name,
/// because type ids differ between processes. Lengths and counts in the input are checked against the number of bytes that
/// are actually present.
/// </summary>
public ref struct GobReader
{
    private const int MaxFields = 64;

    private readonly Dictionary<long, GobType> _types = [];
    private ReadOnlySpan<byte> _rest;

    private GobReader(ReadOnlySpan<byte> input) => _rest = input;

    /// <summary>Reads a stream of type definitions followed by one structure.</summary>
    /// <exception cref="FormatException">Not such a stream, or it has fields other than numbers, text, bytes and flags.</exception>
    public static GobRecord Read(ReadOnlySpan<byte> input)
    {
        var reader = new GobReader(input);
        while (true)
        {
            var body = reader.ReadBytes();
            var message = new GobReader(body, reader._types);
            var type = message.ReadInt();
            if (type >= 0) return message.ReadRecord(type);
            message.ReadDefinition(-type);
        }
    }

    private GobReader(ReadOnlySpan<byte> input, Dictionary<long, GobType> types)
    {
        _rest = input;
        _types = types;
    }

    /// <summary>Fields are encoded as deltas from the previous field number; zero ends the structure.</summary>
    private bool NextField(ref int field)
    {
        var distance = ReadUint();
        if (distance == 0) return false;
        if (distance > MaxFields || field + (int)distance >= MaxFields) throw Malformed();
        field += (int)distance;
        return true;
    }

    private GobRecord ReadRecord(long typeId)
    {
        if (!_types.TryGetValue(typeId, out var type) || type.Fields is null) throw Malformed();
        var record = new GobRecord();
        for (var field = -1; NextField(ref field);)
        {
            if (field >= type.Fields.Count) throw Malformed();
            var (name, kind) = type.Fields[field];
            record.Set(name, ReadValue(kind));
        }
        return record;
    }

    private GobValue ReadValue(long kind) => kind switch
    {
        GobKind.Bool or GobKind.Uint => new GobValue(kind, ReadUint(), null),
        GobKind.Int => new GobValue(kind, unchecked((ulong)ReadInt()), null),
        GobKind.Bytes or GobKind.String => new GobValue(kind, 0, ReadBytes().ToArray()),
        // A type with its own encoding, such as a time or an id, is read as opaque bytes.
        _ when _types.TryGetValue(kind, out var type) && type.IsOpaque => new GobValue(GobKind.Bytes, 0, ReadBytes().ToArray()),
        _ => throw Malformed(),
    };

    /// <summary>The definition of an array, slice, structure, map or one of three kinds of self-encoding types.</summary>
    private void ReadDefinition(long id)
    {
        if (_types.Count >= MaxFields) throw Malformed();
        var shape = -1;
        if (!NextField(ref shape)) throw Malformed();
        _types[id] = shape switch
        {
            2 => new GobType(ReadStructure(), IsOpaque: false),
            4 or 5 or 6 => SkipOpaque(),
            _ => throw Malformed(),
        };
        if (NextField(ref shape)) throw Malformed();
    }

    private GobType SkipOpaque()
    {
        for (var part = -1; NextField(ref part);)
        {
            if (part != 0) throw Malformed();
            SkipCommon();
        }
        return new GobType(null, IsOpaque: true);
    }

    private List<(string Name, long Kind)> ReadStructure()
    {
        List<(string, long)> fields = [];
        for (var part = -1; NextField(ref part);)
        {
            if (part == 0)
            {
                SkipCommon();
                continue;
            }
            if (part != 1) throw Malformed();
            var count = ReadUint();
            if (count > MaxFields) throw Malformed();
            for (var i = 0UL; i < count; i++) fields.Add(ReadFieldType());
        }
        return fields;
    }

    private (string Name, long Kind) ReadFieldType()
    {
        var name = "";
        long kind = 0;
        for (var part = -1; NextField(ref part);)
        {
            if (part == 0) name = ReadText();
            else if (part == 1) kind = ReadInt();
            else throw Malformed();
        }
        return (name, kind);
    }

    /// <summary>The name and id with which every type definition begins.</summary>
    private void SkipCommon()
    {
        for (var part = -1; NextField(ref part);)
        {
            if (part == 0) ReadBytes();
            else if (part == 1) ReadInt();
            else throw Malformed();
        }
    }

    private string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    private ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadUint();
        if (length > (ulong)_rest.Length) throw Malformed();
        var bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return bytes;
    }

    /// <summary>The lowest bit is the sign.</summary>
    private long ReadInt()
    {
        var value = ReadUint();
        return (value & 1) == 0 ? (long)(value >> 1) : ~(long)(value >> 1);
    }

    /// <summary>One byte for values below 128, otherwise the negated count of the big-endian bytes that follow.</summary>
    private ulong ReadUint()
    {
        if (_rest.IsEmpty) throw Malformed();
        var first = _rest[0];
        _rest = _rest[1..];
        if (first < 128) return first;

        var count = -(sbyte)first;
        if (count > sizeof(ulong) || count > _rest.Length) throw Malformed();
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        _rest[..count].CopyTo(bytes[(sizeof(ulong) - count)..]);
        _rest = _rest[count..];
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    private static FormatException Malformed() => new("Not a gob stream of one flat structure.");
}
