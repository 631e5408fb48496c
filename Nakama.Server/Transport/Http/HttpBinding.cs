using Google.Protobuf;
using Google.Protobuf.Reflection;
using Nakama.Protocol.Http;
using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

/// <summary>One verb and path of one method: which segments, query keys and body fill which fields of its request.</summary>
internal sealed class HttpBinding
{
    private readonly FieldDescriptor? _bodyField;
    private readonly FieldDescriptor[] _pathFields;
    private readonly string[] _taken;

    private HttpBinding(ApiMethod method, string verb, string template, string body)
    {
        Method = method;
        Verb = verb;
        Template = template;
        Segments = template.TrimStart('/').Split('/');
        var input = method.Descriptor.InputType;
        _pathFields = [.. Segments.Where(IsParameter).Select(s => input.FindFieldByName(s[1..^1]) ?? throw new InvalidOperationException($"{template}: {input.Name} has no {s}."))];
        HasBody = body.Length > 0;
        if (HasBody && body != "*") _bodyField = input.FindFieldByName(body) ?? throw new InvalidOperationException($"{template}: {input.Name} has no {body}.");
        _taken = [.. _pathFields.Select(f => f.Name), .. _bodyField is null ? Array.Empty<string>() : [_bodyField.Name]];
        BindsQuery = body != "*" && input.Fields.InDeclarationOrder().Any(f => !_taken.Contains(f.Name));
    }

    public ApiMethod Method { get; }

    public string Verb { get; }

    /// <summary>The path with its parameters, such as <c>/v2/leaderboard/{leaderboard_id}</c>.</summary>
    public string Template { get; }

    public string[] Segments { get; }

    public bool HasBody { get; }

    /// <summary>Whether any fields remain that a query may fill; otherwise the query is not parsed.</summary>
    public bool BindsQuery { get; }

    public IReadOnlyList<FieldDescriptor> PathFields => _pathFields;

    public IEnumerable<FieldDescriptor> QueryFields => Method.Descriptor.InputType.Fields.InDeclarationOrder().Where(f => !_taken.Contains(f.Name));

    /// <summary>The kind of message that the body fills.</summary>
    public MessageDescriptor BodyType => _bodyField?.MessageType ?? Method.Descriptor.InputType;

    public IMessage CreateRequest() => (IMessage)Activator.CreateInstance(Method.Descriptor.InputType.ClrType)!;

    /// <summary>The message that the body fills: the request, or the one in its body field.</summary>
    public IMessage BodyOf(IMessage request)
    {
        if (_bodyField is null) return request;
        var body = (IMessage)Activator.CreateInstance(_bodyField.MessageType.ClrType)!;
        _bodyField.Accessor.SetValue(request, body);
        return body;
    }

    public void BindPath(IMessage request, in PathValues values)
    {
        for (var i = 0; i < _pathFields.Length; i++) FieldBinder.BindPath(request, _pathFields[i], values[i]);
    }

    public void BindQuery(IMessage request, List<QueryParameter> query)
    {
        foreach (var parameter in query) FieldBinder.BindQuery(request, parameter, _taken);
    }

    public static bool IsParameter(string segment) => segment is ['{', .., '}'];

    /// <summary>All bindings of a method, including the additional ones.</summary>
    public static IEnumerable<HttpBinding> Of(ApiMethod method)
    {
        if (method.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule) yield break;
        foreach (var each in rule.AdditionalBindings.Prepend(rule))
        {
            var (verb, template) = each.PatternCase switch
            {
                HttpRule.PatternOneofCase.Get => ("GET", each.Get),
                HttpRule.PatternOneofCase.Put => ("PUT", each.Put),
                HttpRule.PatternOneofCase.Post => ("POST", each.Post),
                HttpRule.PatternOneofCase.Delete => ("DELETE", each.Delete),
                HttpRule.PatternOneofCase.Patch => ("PATCH", each.Patch),
                _ => throw new InvalidOperationException($"{method.Name} has a binding without a verb."),
            };

            // Functions take and return raw text over HTTP; they have a route of their own.
            var body = method.Descriptor.InputType.FindFieldByName(each.Body) is { FieldType: not FieldType.Message } ? "*" : each.Body;
            yield return new HttpBinding(method, verb, template, body);
        }
    }
}
