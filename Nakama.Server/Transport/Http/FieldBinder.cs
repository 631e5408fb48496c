using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Json;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Http;

/// <summary>Fills fields of a request from strings in its URL.</summary>
internal static class FieldBinder
{
    /// <summary>Fills one field from a query parameter. Names that the request does not have are ignored.</summary>
    /// <exception cref="ApiException">The value does not fit the field.</exception>
    public static void BindQuery(IMessage message, QueryParameter parameter, IReadOnlyList<string> taken)
    {
        var (path, values) = SplitMapKey(parameter);
        foreach (var name in taken)
        {
            if (path == name || (path.Length > name.Length && path[name.Length] == '.' && path.StartsWith(name, StringComparison.Ordinal))) return;
        }

        var names = path.Split('.');
        for (var i = 0; i < names.Length; i++)
        {
            var field = Find(message.Descriptor, names[i]);
            if (field is null) return;
            if (i == names.Length - 1)
            {
                if (!parameter.IsUtf8 && field.FieldType == FieldType.String)
                    throw new ApiException(StatusCode.Internal, "grpc: error while marshaling: string field contains invalid UTF-8");
                Bind(message, field, values);
                return;
            }

            if (field.FieldType != FieldType.Message || field.IsRepeated) throw Fault($"invalid path: {GoText.Quote(names[i])} is not a message");
            if (IsWrapper(field.MessageType)) return;
            var nested = (IMessage?)field.Accessor.GetValue(message);
            if (nested is null)
            {
                nested = field.MessageType.Parser.ParseFrom(ByteString.Empty);
                field.Accessor.SetValue(message, nested);
            }

            message = nested;
        }
    }

    /// <summary>Fills a field from a segment of the path.</summary>
    public static void BindPath(IMessage message, FieldDescriptor field, string value)
    {
        if (field.FieldType == FieldType.String)
        {
            field.Accessor.SetValue(message, value);
            return;
        }

        try
        {
            field.Accessor.SetValue(message, Parse(field, value)!);
        }
        catch (FormatException e)
        {
            throw Fault($"type mismatch, parameter: {field.Name}, error: {e.Message}");
        }
    }

    private static void Bind(IMessage message, FieldDescriptor field, List<string> values)
    {
        try
        {
            if (field.IsMap) BindMap(message, field, values);
            else if (field.IsRepeated) BindList(message, field, values);
            else BindSingle(message, field, values);
        }
        catch (FormatException e)
        {
            throw Fault($"parsing {(field.IsMap ? "map" : field.IsRepeated ? "list" : "field")} {GoText.Quote(field.Name)}: {e.Message}");
        }
    }

    private static void BindSingle(IMessage message, FieldDescriptor field, List<string> values)
    {
        if (values.Count > 1) throw Fault($"too many values for field {GoText.Quote(field.Name)}: {string.Join(", ", values)}");
        if (field.RealContainingOneof?.Accessor.GetCaseFieldDescriptor(message) is { } other && other != field)
            throw Fault($"field already set for oneof {GoText.Quote(field.RealContainingOneof.FullName)}");
        if (Parse(field, values[0]) is { } value) field.Accessor.SetValue(message, value);
    }

    private static void BindList(IMessage message, FieldDescriptor field, List<string> values)
    {
        var list = (IList)field.Accessor.GetValue(message);
        foreach (var value in values) list.Add(Parse(field, value));
    }

    private static void BindMap(IMessage message, FieldDescriptor field, List<string> values)
    {
        if (values.Count != 2) throw Fault($"more than one value provided for key {GoText.Quote(values[0])} in map {GoText.Quote(field.Name)}");
        var key = Parse(field.MessageType.FindFieldByNumber(1), values[0])!;
        ((IDictionary)field.Accessor.GetValue(message))[key] = Parse(field.MessageType.FindFieldByNumber(2), values[1]);
    }

    /// <summary>The value in the type that the generated classes expect; null when it means "not set".</summary>
    private static object? Parse(FieldDescriptor field, string text) => field.FieldType switch
    {
        FieldType.String => text,
        FieldType.Bool => GoText.ParseBool(text),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)GoText.ParseInt(text, 32),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => GoText.ParseInt(text, 64),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)GoText.ParseUint(text, 32),
        FieldType.UInt64 or FieldType.Fixed64 => GoText.ParseUint(text, 64),
        FieldType.Double => GoText.ParseFloat(text),
        FieldType.Float => (float)GoText.ParseFloat(text),
        FieldType.Bytes => ParseBytes(text),
        FieldType.Enum => ParseEnum(field, text),
        _ => ParseMessage(field, text),
    };

    private static ByteString ParseBytes(string text) =>
        GoBase64.TryDecode(text.Replace('-', '+').Replace('_', '/'), out var bytes)
            ? UnsafeByteOperations.UnsafeWrap(bytes)
            : throw new FormatException("illegal base64 data");

    private static int ParseEnum(FieldDescriptor field, string text)
    {
        var known = field.EnumType.FindValueByName(text)
            ?? (int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? field.EnumType.FindValueByNumber(number) : null);
        return known?.Number ?? throw new FormatException($"{GoText.Quote(text)} is not a valid value");
    }

    private static object? ParseMessage(FieldDescriptor field, string text)
    {
        if (IsWrapper(field.MessageType)) return Parse(field.MessageType.FindFieldByNumber(1), text);
        if (field.MessageType != Timestamp.Descriptor) throw new FormatException($"unsupported message type: {GoText.Quote(field.MessageType.FullName)}");
        if (text == "null") return null;
        if (!TimestampText.TryParse(text, out var seconds, out var nanos))
            throw new FormatException($"parsing time {GoText.Quote(text)} as \"2006-01-02T15:04:05.999999999Z07:00\": cannot parse {GoText.Quote(text)} as \"2006\"");
        return new Timestamp { Seconds = seconds, Nanos = nanos };
    }

    private static bool IsWrapper(MessageDescriptor type) => type.File.Name == "google/protobuf/wrappers.proto";

    /// <summary><c>vars[key]=value</c> fills an entry of a map.</summary>
    private static (string Path, List<string> Values) SplitMapKey(QueryParameter parameter)
    {
        var open = parameter.Key.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && parameter.Key.EndsWith(']')
            ? (parameter.Key[..open], [parameter.Key[(open + 1)..^1], .. parameter.Values])
            : (parameter.Key, parameter.Values);
    }

    private static FieldDescriptor? Find(MessageDescriptor type, string name)
    {
        if (type.FindFieldByName(name) is { } exact) return exact;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.JsonName == name) return field;
        }

        return null;
    }

    private static ApiException Fault(string text) => new(StatusCode.InvalidArgument, text);
}
