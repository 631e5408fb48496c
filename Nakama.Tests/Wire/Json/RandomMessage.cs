using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Nakama.Tests.Wire.Json;

/// <summary>Fills messages of any type with values of all sorts, the same for the same seed.</summary>
internal sealed class RandomMessage(int seed)
{
    private const int MaxDepth = 4;

    private static readonly string[] Texts =
        ["", "x", "Å漢🙂", "a\"b\\c/d", "\u0001\u001f\u007f", "\b\f\n\r\t", "<script>&'", "\u2028\u2029", " lead and trail ", "0", "true", "null", new('y', 300)];

    private static readonly long[] Longs = [0, 1, -1, 42, int.MaxValue, int.MinValue, 1L << 53, (1L << 53) + 1, long.MaxValue, long.MinValue];

    private static readonly double[] Doubles = [0, 1, -1, 0.1, 1e21, 1e-7, 123456789.125, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    private readonly Random _random = new(seed);

    public IMessage Of(MessageDescriptor type, int depth = 0)
    {
        if (type.FullName == Timestamp.Descriptor.FullName) return Time();
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var chosen = type.Oneofs.ToDictionary(oneof => oneof, oneof => oneof.Fields[_random.Next(oneof.Fields.Count)]);
        foreach (var field in type.Fields.InFieldNumberOrder())
        {
            if (field.RealContainingOneof is { } oneof && chosen[oneof] != field) continue;
            if (_random.Next(3) == 0 || (depth >= MaxDepth && field.FieldType == FieldType.Message && !IsWellKnown(field.MessageType))) continue;
            if (field.IsMap) FillMap(field, message, depth);
            else if (field.IsRepeated) FillList((System.Collections.IList)field.Accessor.GetValue(message), field, depth);
            else field.Accessor.SetValue(message, Value(field, depth));
        }

        return message;
    }

    private static bool IsWellKnown(MessageDescriptor type) => type.File.Package == "google.protobuf";

    private static Timestamp Time(long seconds, int nanos) => new() { Seconds = seconds, Nanos = nanos };

    private Timestamp Time() => Time(
        Pick([0L, 1, -1, 1_700_000_000, 253402300799, -62135596800]), Pick([0, 1, 500_000_000, 123_000_000, 123_456_000, 999_999_999]));

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];

    private void FillMap(FieldDescriptor field, IMessage message, int depth)
    {
        var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
        for (var i = _random.Next(4); i > 0; i--)
            map[Value(field.MessageType.Fields.InFieldNumberOrder()[0], depth)] = Value(field.MessageType.Fields.InFieldNumberOrder()[1], depth);
    }

    private void FillList(System.Collections.IList list, FieldDescriptor field, int depth)
    {
        for (var i = _random.Next(4); i > 0; i--) list.Add(Value(field, depth));
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.String => Pick(Texts),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)Pick(Longs),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Pick(Longs),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Pick(Longs),
        FieldType.UInt64 or FieldType.Fixed64 => (ulong)Pick(Longs),
        FieldType.Double => Pick(Doubles),
        FieldType.Float => (float)Pick(Doubles),
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.Enum => Pick(field.EnumType.Values.ToArray()).Number,
        _ => Wrapped(field.MessageType) ?? Of(field.MessageType, depth + 1),
    };

    /// <summary>The generated code holds what is inside a wrapper, not the wrapper.</summary>
    private object? Wrapped(MessageDescriptor type) =>
        type.File.Name == "google/protobuf/wrappers.proto" ? Value(type.FindFieldByNumber(1), 0) : null;

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(6)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
