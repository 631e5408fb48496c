using Google.Protobuf.Reflection;
using Nakama.Protocol.Http;

namespace Nakama.Tests.Wire;

/// <summary>Writes compiled descriptors as lines that can be compared one by one.</summary>
internal static class DescriptorText
{
    public static HashSet<string> Of(FileDescriptor file)
    {
        var lines = new HashSet<string>();
        foreach (var message in file.MessageTypes) Add(lines, message);
        foreach (var one in file.EnumTypes) Add(lines, one);
        foreach (var method in file.Services.SelectMany(service => service.Methods))
        {
            var rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http);
            var rules = rule is null ? [] : rule.AdditionalBindings.Prepend(rule);
            lines.Add(Method(method.Service.FullName, method.Name, method.InputType.FullName, method.OutputType.FullName, rules.Select(Binding)));
        }
        return lines;
    }

    public static string Field(string message, string name, int number, string label, string type, string oneof, string json) =>
        $"{message}.{name} = {number}: {label} {type} in '{oneof}' as {json}";

    public static string Method(string service, string name, string request, string response, IEnumerable<string> bindings) =>
        $"{service}.{name}({request}) {response} at {string.Join(", ", bindings.Order(StringComparer.Ordinal))}";

    public static string Binding(string verb, string path, string body) => $"{verb} {path} '{body}'";

    private static string Binding(HttpRule rule)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            _ => ("", ""),
        };
        return Binding(verb, path, rule.Body);
    }

    private static void Add(HashSet<string> lines, MessageDescriptor message)
    {
        lines.Add($"message {message.FullName}");
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            var label = field.IsRepeated && !field.IsMap ? "repeated" : "";
            lines.Add(Field(message.FullName, field.Name, field.FieldNumber, label, TypeOf(field), field.RealContainingOneof?.Name ?? "", field.JsonName));
        }
        foreach (var nested in message.NestedTypes.Where(nested => nested.GetOptions()?.MapEntry != true)) Add(lines, nested);
        foreach (var nested in message.EnumTypes) Add(lines, nested);
    }

    private static void Add(HashSet<string> lines, EnumDescriptor one)
    {
        foreach (var value in one.Values) lines.Add($"{one.FullName}.{value.Name} = {value.Number}");
    }

    private static string TypeOf(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            var entry = field.MessageType.Fields;
            return $"map<{TypeOf(entry[1])},{TypeOf(entry[2])}>";
        }
        return field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName,
            FieldType.Enum => "enum " + field.EnumType.FullName,
            var scalar => scalar.ToString().ToLowerInvariant(),
        };
    }
}
