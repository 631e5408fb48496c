using System.Text.Json;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Nakama.Server.Transport.Http;

/// <summary>The messages of a service as JSON schemas.</summary>
internal static class OpenApiSchemas
{
    public static string Reference(MessageDescriptor type) => "#/components/schemas/" + type.FullName;

    /// <summary>Whether a field is one value rather than a message of fields.</summary>
    public static bool IsBare(FieldDescriptor field) =>
        field.FieldType != FieldType.Message || field.MessageType.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal);

    public static void Write(Utf8JsonWriter json, IEnumerable<MethodDescriptor> methods)
    {
        var types = new SortedDictionary<string, MessageDescriptor>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            Collect(method.InputType, types);
            Collect(method.OutputType, types);
        }

        json.WriteStartObject("schemas");
        foreach (var type in types.Values)
        {
            json.WriteStartObject(type.FullName);
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var field in type.Fields.InDeclarationOrder())
            {
                json.WriteStartObject(field.Name);
                WriteType(json, field);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the type of a field's value.</summary>
    public static void WriteType(Utf8JsonWriter json, FieldDescriptor field)
    {
        if (field.IsMap)
        {
            json.WriteString("type", "object");
            json.WriteStartObject("additionalProperties");
            WriteValue(json, field.MessageType.FindFieldByNumber(2));
            json.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            WriteValue(json, field);
            json.WriteEndObject();
        }
        else
        {
            WriteValue(json, field);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, FieldDescriptor field)
    {
        var (type, format) = field.FieldType switch
        {
            FieldType.Bool => ("boolean", ""),
            FieldType.Double => ("number", "double"),
            FieldType.Float => ("number", "float"),
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => ("integer", "int32"),
            FieldType.UInt32 or FieldType.Fixed32 => ("integer", "int64"),
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => ("string", "int64"),
            FieldType.UInt64 or FieldType.Fixed64 => ("string", "uint64"),
            FieldType.Bytes => ("string", "byte"),
            FieldType.Enum => ("integer", "int32"),
            FieldType.Message when field.MessageType == Timestamp.Descriptor => ("string", "date-time"),
            FieldType.Message when IsBare(field) && field.MessageType != Struct.Descriptor => ("", "wrapped"),
            FieldType.Message => ("", ""),
            _ => ("string", ""),
        };
        if (format == "wrapped")
        {
            WriteValue(json, field.MessageType.FindFieldByNumber(1));
            json.WriteBoolean("nullable", true);
            return;
        }

        if (type.Length == 0)
        {
            if (field.MessageType == Struct.Descriptor) json.WriteString("type", "object");
            else json.WriteString("$ref", Reference(field.MessageType));
            return;
        }

        json.WriteString("type", type);
        if (format.Length > 0) json.WriteString("format", format);
        if (field.FieldType == FieldType.Enum)
            json.WriteString("description", string.Join(", ", field.EnumType.Values.Select(v => $"{v.Number} {v.Name}")));
    }

    private static void Collect(MessageDescriptor type, SortedDictionary<string, MessageDescriptor> types)
    {
        if (type.FullName.StartsWith("google.protobuf.", StringComparison.Ordinal)) return;
        var isEntry = type.GetOptions()?.MapEntry ?? false;
        if (!isEntry && !types.TryAdd(type.FullName, type)) return;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.Message) Collect(field.MessageType, types);
        }
    }
}
