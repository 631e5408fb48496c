using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Realtime;

namespace Nakama.Tests.Wire;

/// <summary>Makes messages of every kind in the contract, filled at random but the same for the same seed.</summary>
internal static class AnyMessage
{
    private static readonly string[] Texts = ["", "plain", "\"quoted\" \\ \n\t\u0001", "<b>&amp;</b>", "žluťoučký 日本 🐴", "\u2028\u2029"];
    private static readonly double[] Doubles = [0, 1.5, -2e-9, 1e300, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    public static IEnumerable<MessageDescriptor> Kinds() =>
        new[] { Nakama.Protocol.Api.ApiReflection.Descriptor, RealtimeReflection.Descriptor, ConsoleReflection.Descriptor }
            .SelectMany(f => f.MessageTypes).SelectMany(WithNested);

    public static IMessage Create(MessageDescriptor kind, Random random, int depth = 0)
    {
        var message = (IMessage)Activator.CreateInstance(kind.ClrType)!;
        foreach (var field in kind.Fields.InDeclarationOrder())
        {
            if (random.Next(4) == 0 || depth > 3) continue;
            if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) is not null) continue;
            Fill(message, field, random, depth);
        }

        return message;
    }

    private static void Fill(IMessage message, FieldDescriptor field, Random random, int depth)
    {
        if (field.IsMap)
        {
            var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
            for (var i = random.Next(3); i >= 0; i--)
                map[Value(field.MessageType.FindFieldByNumber(1), random, depth)] = Value(field.MessageType.FindFieldByNumber(2), random, depth);
        }
        else if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(message);
            for (var i = random.Next(3); i >= 0; i--) list.Add(Value(field, random, depth));
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, random, depth));
        }
    }

    private static object Value(FieldDescriptor field, Random random, int depth) => field.FieldType switch
    {
        FieldType.String => Texts[random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom(Bytes(random)),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Double => Doubles[random.Next(Doubles.Length)],
        FieldType.Int32 => random.Next(3) switch { 0 => 0, 1 => int.MinValue, _ => random.Next() },
        FieldType.UInt32 => random.Next(2) == 0 ? uint.MaxValue : (uint)random.Next(),
        FieldType.Int64 => random.Next(3) switch { 0 => 0L, 1 => long.MinValue, _ => random.NextInt64() },
        FieldType.UInt64 => random.Next(2) == 0 ? ulong.MaxValue : 7ul,
        FieldType.Enum => field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number,
        FieldType.Message => Message(field.MessageType, random, depth),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static object Message(MessageDescriptor type, Random random, int depth)
    {
        if (type == Timestamp.Descriptor)
            return new Timestamp { Seconds = random.NextInt64(-62135596800, 253402300799), Nanos = random.Next(4) switch { 0 => 0, 1 => 120_000_000, 2 => 3_000, _ => random.Next(1_000_000_000) } };
        if (type == Struct.Descriptor)
            return Struct.Parser.ParseJson("""{"a":[1,"b",null,{"c":true}],"d":-0.5}""");
        if (type.File.Name == "google/protobuf/wrappers.proto")
            return Value(type.FindFieldByNumber(1), random, depth);
        return Create(type, random, depth + 1);
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(9)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor type) =>
        type.NestedTypes.Where(t => !t.GetOptions()?.MapEntry ?? true).SelectMany(WithNested).Prepend(type);
}
