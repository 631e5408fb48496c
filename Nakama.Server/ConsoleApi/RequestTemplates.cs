using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Nakama.Server.ConsoleApi;

/// <summary>Makes an example of a request from its descriptor: every field is set, lists and maps have one entry.</summary>
internal static class RequestTemplates
{
    private const string Text = "<string>";
    private const string Epoch = "1970-01-01T00:00:00Z";
    private const string WellKnownPackage = "google.protobuf";

    // No request is nested deeper, and one that refers to itself ends here.
    private const int MaxDepth = 8;

    /// <summary>The JSON of an example; empty for a request without fields.</summary>
    public static string Of(MessageDescriptor type)
    {
        if (type.Fields.InDeclarationOrder().Count == 0) return "";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            WriteMessage(json, type, 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteMessage(Utf8JsonWriter json, MessageDescriptor type, int depth)
    {
        json.WriteStartObject();
        foreach (var field in depth < MaxDepth ? type.Fields.InDeclarationOrder() : [])
        {
            json.WritePropertyName(field.JsonName);
            if (field.IsMap)
            {
                json.WriteStartObject();
                json.WritePropertyName(Text);
                WriteValue(json, field.MessageType.FindFieldByNumber(2), depth + 1);
                json.WriteEndObject();
            }
            else if (field.IsRepeated)
            {
                json.WriteStartArray();
                WriteValue(json, field, depth + 1);
                json.WriteEndArray();
            }
            else
            {
                WriteValue(json, field, depth + 1);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, FieldDescriptor field, int depth)
    {
        switch (field.FieldType)
        {
            case FieldType.Message when field.MessageType.File.Package == WellKnownPackage:
                WriteWellKnown(json, field.MessageType, depth);
                break;
            case FieldType.Message:
                WriteMessage(json, field.MessageType, depth);
                break;
            case FieldType.String or FieldType.Bytes:
                json.WriteStringValue(Text);
                break;
            case FieldType.Bool:
                json.WriteBooleanValue(false);
                break;
            case FieldType.Int64 or FieldType.UInt64 or FieldType.SInt64 or FieldType.Fixed64 or FieldType.SFixed64:
                json.WriteStringValue("0");
                break;
            default:
                json.WriteNumberValue(0);
                break;
        }
    }

    /// <summary>A time, or a wrapper, which looks like its value.</summary>
    private static void WriteWellKnown(Utf8JsonWriter json, MessageDescriptor type, int depth)
    {
        if (type.Name == nameof(Google.Protobuf.WellKnownTypes.Timestamp)) json.WriteStringValue(Epoch);
        else if (type.FindFieldByName("value") is { } value) WriteValue(json, value, depth);
        else json.WriteNullValue();
    }
}
