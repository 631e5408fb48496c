using System.Collections;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Realtime;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Tests.Faults;

/// <summary>
/// Messages that no regular client sends: of every kind, with arbitrary values in any field, and with altered bytes.
/// </summary>
/// <param name="random">The source of randomness.</param>
/// <param name="ids">Existing ids, so that some messages pass the first check.</param>
internal sealed class RandomMessages(Random random, IReadOnlyList<string> ids)
{
    private const int MaxDepth = 3;

    // Messages that end the session are rare, so that most messages of a session are processed.
    private const int OneIn = 40;

    private static readonly FieldDescriptor[] Kinds = [.. Envelope.Descriptor.Oneofs[0].Fields];

    private static readonly FieldDescriptor[] ClientKinds =
        [.. Kinds.Where(kind => RealtimeMap.IsFromClients((Envelope.MessageOneofCase)kind.FieldNumber))];

    private static readonly string[] Texts =
    [
        "", " ", "{}", "{\"a\":1}", "[]", "null", "*", "+properties.a:1 -b:>=2", "\"", "\\", "/", "\0", "a\u0000b", "\u202e", "\ud83c\udfae", "%00", "' OR 1=1 --",
        "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000.", "2...room", "3.00000000-0000-0000-0000-000000000000..", "4.x.y.z", "-1", "NaN",
    ];

    private static readonly long[] Numbers = [0, 1, 2, 3, 8, -1, 100, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private static readonly double[] Fractions = [0, -0.0, 1.5, -1, double.MaxValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>A well-formed message of any kind.</summary>
    public Envelope Next()
    {
        var envelope = new Envelope { Cid = random.Next(4) == 0 ? Text() : "c" };
        var kinds = random.Next(OneIn) == 0 ? Kinds : ClientKinds;
        var kind = kinds[random.Next(kinds.Length)];
        kind.Accessor.SetValue(envelope, Fill(kind.MessageType, 0));
        return envelope;
    }

    /// <summary>The bytes of a message, possibly altered.</summary>
    public byte[] NextBytes(SessionFormat format)
    {
        if (random.Next(OneIn) == 0) return Odd(format);
        var envelope = Next();
        var bytes = format == SessionFormat.WebSocketProtobuf ? envelope.ToByteArray() : EnvelopeJson.Write(envelope).ToArray();
        return random.Next(OneIn / 2) == 0 ? Mutate(bytes) : bytes;
    }

    /// <summary>The same bytes with a few of them changed, removed, duplicated or moved.</summary>
    public byte[] Mutate(byte[] bytes)
    {
        List<byte> changed = [.. bytes];
        for (var i = random.Next(4); i >= 0; i--)
        {
            var at = random.Next(changed.Count + 1);
            var length = Math.Min(random.Next(16), changed.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < changed.Count:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveRange(at, length);
                    break;
                case 2:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 3:
                    changed.InsertRange(at, Encoding.UTF8.GetBytes(Texts[random.Next(Texts.Length)]));
                    break;
                default:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
            }
        }
        return [.. changed];
    }

    public string Text() => random.Next(8) switch
    {
        < 3 when ids.Count > 0 => ids[random.Next(ids.Count)],
        3 => new string((char)random.Next(1, 0xD800), random.Next(300)),
        4 => Guid.NewGuid().ToString(),
        _ => Texts[random.Next(Texts.Length)],
    };

    private byte[] Odd(SessionFormat format)
    {
        const int Size = 3000;
        if (format == SessionFormat.WebSocketProtobuf)
        {
            // Nested groups, a length beyond the end, an unterminated number, and random bytes.
            return random.Next(4) switch
            {
                0 => [.. Enumerable.Repeat((byte)0x0B, Size)],
                1 => [0x1A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07],
                2 => [.. Enumerable.Repeat((byte)0xFF, Size)],
                _ => Noise(),
            };
        }
        return random.Next(6) switch
        {
            0 => Encoding.UTF8.GetBytes(new string('[', Size)),
            1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"rpc\":", Size / 7))),
            2 => Encoding.UTF8.GetBytes("{\"match_data_send\":{\"op_code\":" + new string('9', Size) + "}}"),
            3 => "{\"matchmaker_add\":{\"numeric_properties\":{\"a\":1e99999,\"b\":-1e-99999}}}"u8.ToArray(),
            4 => "{\"cid\":\"c\",\"ping\":{},\"ping\":{},\"cid\":\"d\"}"u8.ToArray(),
            _ => Noise(),
        };
    }

    private byte[] Noise()
    {
        var noise = new byte[random.Next(200)];
        random.NextBytes(noise);
        return noise;
    }

    private IMessage Fill(MessageDescriptor type, int depth)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        if (message is Timestamp time)
        {
            time.Seconds = random.Next();
            return message;
        }
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (random.Next(5) == 0 || (field.FieldType == FieldType.Message && depth >= MaxDepth && !IsWrapper(field))) continue;
            if (field.IsMap) FillMap((IDictionary)field.Accessor.GetValue(message), field, depth);
            else if (field.IsRepeated) FillList((IList)field.Accessor.GetValue(message), field, depth);
            else field.Accessor.SetValue(message, Value(field, depth));
        }
        return message;
    }

    private void FillMap(IDictionary map, FieldDescriptor field, int depth)
    {
        for (var i = random.Next(4); i > 0; i--) map[Text()] = Value(field.MessageType.FindFieldByNumber(2), depth);
    }

    private void FillList(IList list, FieldDescriptor field, int depth)
    {
        for (var i = random.Next(4); i > 0; i--) list.Add(Value(field, depth));
    }

    private object Value(FieldDescriptor field, int depth)
    {
        if (field.FieldType == FieldType.Message)
            return IsWrapper(field) ? Value(field.MessageType.FindFieldByNumber(1), depth) : Fill(field.MessageType, depth + 1);
        var number = Numbers[random.Next(Numbers.Length)];
        return field.FieldType switch
        {
            FieldType.String => Text(),
            FieldType.Bytes => ByteString.CopyFrom(Noise()),
            FieldType.Bool => random.Next(2) == 0,
            FieldType.Double => Fractions[random.Next(Fractions.Length)],
            FieldType.Int64 => number,
            FieldType.Int32 => (int)Math.Clamp(number, int.MinValue, int.MaxValue),
            _ => throw new NotSupportedException($"{field.FullName} has a type that no message of a session had before."),
        };
    }

    private static bool IsWrapper(FieldDescriptor field) => field.MessageType.File.Name == "google/protobuf/wrappers.proto";
}
