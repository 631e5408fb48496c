using System.Buffers;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Http;

/// <summary>
/// The path and the methods of a handler. A segment <c>{name}</c> matches one segment that is not empty; a last segment
/// <c>{name*}</c> matches the rest of the path. Paths of the server itself cannot be taken.
/// </summary>
public sealed class HttpHandlerPath
{
    private const int MaxLength = 512;
    private const int MaxSegments = 32;
    private const int MaxMethods = 16;

    private static readonly SearchValues<char> NotInTexts = SearchValues.Create("{}*?#% \t\r\n");

    private static readonly string[] Reserved = ["v2", "v1", "ws", "signalr", "healthcheck", "alive", "health", "openapi.json", "nakama.api.Nakama", "grpc.health.v1.Health"];
    private static readonly string[] ReservedForConsole = ["v2", "v1", "healthcheck", "alive", "health"];

    private HttpHandlerPath(string text, string[] segments, string[] methods)
    {
        Text = text;
        Segments = segments;
        Methods = methods;
    }

    /// <summary>The path as it was registered.</summary>
    public string Text { get; }

    /// <summary>The methods that are handled, in upper case; empty for all.</summary>
    public IReadOnlyList<string> Methods { get; }

    internal string[] Segments { get; }

    /// <summary>
    /// The name under which a handler is registered: the path, after the methods unless all are handled, as in
    /// <c>GET,POST /path</c>.
    /// </summary>
    /// <exception cref="FunctionException">The path or a method cannot be handled.</exception>
    public static string NameOf(CallbackKind kind, string path, IEnumerable<string> methods)
    {
        var names = methods.Select(static method => method.ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal).ToArray();
        foreach (var method in names)
        {
            if (method.Length is 0 or > 20 || method.AsSpan().ContainsAnyExceptInRange('A', 'Z')) throw new FunctionException("expects methods to be names of HTTP methods");
        }

        if (names.Length > MaxMethods) throw new FunctionException($"expects at most {MaxMethods} methods");
        Check(kind, path);
        return names.Length == 0 ? path : $"{string.Join(',', names)} {path}";
    }

    /// <summary>Reads a name that <see cref="NameOf"/> has made.</summary>
    internal static HttpHandlerPath Read(string name)
    {
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        var path = name[(space + 1)..];
        return new(path, path[1..].Split('/'), space < 0 ? [] : name[..space].Split(','));
    }

    internal static bool IsParameter(string segment) => segment.StartsWith('{');

    internal static bool IsRest(string segment) => segment.EndsWith("*}", StringComparison.Ordinal);

    /// <summary>The name of a parameter.</summary>
    internal static string ParameterOf(string segment) => segment[1..^(IsRest(segment) ? 2 : 1)];

    private static void Check(CallbackKind kind, string path)
    {
        if (!path.StartsWith('/')) throw new FunctionException("expects path to begin with /");
        var segments = path[1..].Split('/');
        if (path.Length > MaxLength || segments.Length > MaxSegments) throw new FunctionException($"expects path of at most {MaxLength} characters and {MaxSegments} segments");
        var reserved = kind == CallbackKind.ConsoleHttp ? ReservedForConsole : Reserved;
        if (segments[0].Length == 0 || IsParameter(segments[0]) || reserved.Contains(segments[0], StringComparer.OrdinalIgnoreCase))
            throw new FunctionException($"path {path} belongs to the server");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < segments.Length; i++) CheckSegment(path, segments[i], i == segments.Length - 1, names);
    }

    private static void CheckSegment(string path, string segment, bool isLast, HashSet<string> names)
    {
        if (segment.Length == 0 && !isLast) throw new FunctionException($"path {path} has an empty segment");
        if (!IsParameter(segment))
        {
            if (segment.AsSpan().ContainsAny(NotInTexts)) throw new FunctionException($"segment {segment} of the path is neither a text nor a parameter in braces");
            return;
        }

        if (!segment.EndsWith('}') || ParameterOf(segment) is not { Length: > 0 } name || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new FunctionException($"segment {segment} of the path is no parameter such as {{name}}");
        if (IsRest(segment) && !isLast) throw new FunctionException($"parameter {segment} matches the rest of the path, so it must be the last segment");
        if (!names.Add(name)) throw new FunctionException($"path {path} has two parameters {name}");
    }
}
