using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Nakama.Protocol.Json;

/// <summary>The well-known protobuf types that have a special JSON form.</summary>
internal static class WellKnown
{
    public static bool Has(MessageDescriptor type) =>
        type == Timestamp.Descriptor || type == Struct.Descriptor || type == Value.Descriptor || type == ListValue.Descriptor;

    public static void WriteRoot(IMessage message, Utf8JsonWriter writer, JsonFormat form)
    {
        if (!TryWrite(message, writer)) MessagePlan.Of(message.Descriptor).Write(message, writer, form);
    }

    public static void ReadRoot(ref JsonInput input, IMessage message)
    {
        if (!TryRead(ref input, message)) MessagePlan.Of(message.Descriptor).Read(ref input, message);
    }

    public static bool TryWrite(IMessage message, Utf8JsonWriter writer)
    {
        switch (message)
        {
            case Timestamp time: TimestampText.Write(time, writer); return true;
            case Struct value: Write(value, writer); return true;
            case Value value: Write(value, writer); return true;
            case ListValue value: Write(value, writer); return true;
            default: return false;
        }
    }

    public static bool TryRead(ref JsonInput input, IMessage message)
    {
        switch (message)
        {
            case Timestamp time: TimestampText.Read(ref input, time); return true;
            case Struct value: Read(ref input, value); return true;
            case Value value: Read(ref input, value); return true;
            case ListValue value: Read(ref input, value); return true;
            default: return false;
        }
    }

    private static void Write(Struct value, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, item) in value.Fields)
        {
            writer.WritePropertyName(name);
            Write(item, writer);
        }

        writer.WriteEndObject();
    }

    private static void Write(ListValue value, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in value.Values) Write(item, writer);
        writer.WriteEndArray();
    }

    private static void Write(Value value, Utf8JsonWriter writer)
    {
        switch (value.KindCase)
        {
            case Value.KindOneofCase.BoolValue: writer.WriteBooleanValue(value.BoolValue); break;
            case Value.KindOneofCase.NumberValue: writer.WriteNumberValue(value.NumberValue); break;
            case Value.KindOneofCase.StringValue: writer.WriteStringValue(value.StringValue); break;
            case Value.KindOneofCase.StructValue: Write(value.StructValue, writer); break;
            case Value.KindOneofCase.ListValue: Write(value.ListValue, writer); break;
            default: writer.WriteNullValue(); break;
        }
    }

    private static void Read(ref JsonInput input, Struct value)
    {
        if (input.Kind != JsonTokenType.StartObject) throw input.UnexpectedToken();
        for (input.Read(); input.Kind != JsonTokenType.EndObject; input.Read())
        {
            var name = input.GetString();
            if (value.Fields.ContainsKey(name)) throw input.DuplicateKey();
            input.Read();
            var item = new Value();
            Read(ref input, item);
            value.Fields.Add(name, item);
        }
    }

    private static void Read(ref JsonInput input, ListValue value)
    {
        if (input.Kind != JsonTokenType.StartArray) throw input.UnexpectedToken();
        for (input.Read(); input.Kind != JsonTokenType.EndArray; input.Read())
        {
            var item = new Value();
            Read(ref input, item);
            value.Values.Add(item);
        }
    }

    private static void Read(ref JsonInput input, Value value)
    {
        input.CountMessage();
        switch (input.Kind)
        {
            case JsonTokenType.Null: value.NullValue = NullValue.NullValue; break;
            case JsonTokenType.True: value.BoolValue = true; break;
            case JsonTokenType.False: value.BoolValue = false; break;
            case JsonTokenType.String: value.StringValue = input.GetString(); break;
            case JsonTokenType.Number: value.NumberValue = ReadNumber(ref input); break;
            case JsonTokenType.StartObject: Read(ref input, value.StructValue = new Struct()); break;
            case JsonTokenType.StartArray: Read(ref input, value.ListValue = new ListValue()); break;
            default: throw input.UnexpectedToken();
        }
    }

    private static double ReadNumber(ref JsonInput input)
    {
        var text = System.Text.Encoding.ASCII.GetString(input.Value);
        var number = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw input.InvalidWellKnown("google.protobuf.Value");
    }
}
