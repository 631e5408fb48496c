using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Nakama.Protocol.Api;

namespace Nakama.Console.Explorer;

/// <summary>One field of a request.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Kind">What it takes, in words.</param>
/// <param name="IsText">Whether it is a text, which is written without quotes.</param>
/// <param name="IsJson">Whether it is an object or a list, written as JSON.</param>
public sealed record ExplorerField(string Name, string Kind, bool IsText, bool IsJson);

/// <summary>The request of a method as a form, made from the descriptor of the contract. The JSON stays the one state.</summary>
internal static class ExplorerForm
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The fields of a method's request; none for an unknown method.</summary>
    public static IReadOnlyList<ExplorerField> Of(string method) =>
        ApiReflection.Descriptor.Services[0].FindMethodByName(method) is { } descriptor
            ? [.. descriptor.InputType.Fields.InDeclarationOrder().Select(Describe)]
            : [];

    public static string Get(string body, ExplorerField field)
    {
        if (Read(body)[field.Name] is not { } value) return "";
        return field.IsText && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
    }

    /// <summary>The body with another value; an empty one removes the field.</summary>
    public static string Set(string body, ExplorerField field, string text)
    {
        var read = Read(body);
        if (text.Length == 0) read.Remove(field.Name);
        else read[field.Name] = field.IsText ? text : Parse(text);
        return read.ToJsonString(Indented);
    }

    private static JsonObject Read(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static ExplorerField Describe(FieldDescriptor field)
    {
        if (field.IsMap) return new(field.JsonName, "a JSON object", false, true);
        if (field.IsRepeated) return new(field.JsonName, "a JSON array", false, true);
        return field.FieldType switch
        {
            FieldType.String or FieldType.Bytes => new(field.JsonName, "text", true, false),
            FieldType.Enum => new(field.JsonName, "one of " + string.Join(", ", field.EnumType.Values.Select(static value => value.Name)), true, false),
            FieldType.Bool => new(field.JsonName, "true or false", false, false),
            FieldType.Message => OfMessage(field),
            _ => new(field.JsonName, "a number", false, false),
        };
    }

    /// <summary>Wrappers are written like the values in them.</summary>
    private static ExplorerField OfMessage(FieldDescriptor field) => field.MessageType.FullName switch
    {
        "google.protobuf.StringValue" or "google.protobuf.Timestamp" => new(field.JsonName, "text, or empty for none", true, false),
        "google.protobuf.BoolValue" => new(field.JsonName, "true or false, or empty for none", false, false),
        "google.protobuf.Int32Value" or "google.protobuf.Int64Value" or "google.protobuf.UInt32Value" or "google.protobuf.DoubleValue" =>
            new(field.JsonName, "a number, or empty for none", false, false),
        _ => new(field.JsonName, string.Create(CultureInfo.InvariantCulture, $"a JSON object ({field.MessageType.Name})"), false, true),
    };
}
