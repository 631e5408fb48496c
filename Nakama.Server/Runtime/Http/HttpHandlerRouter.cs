using System.Diagnostics.CodeAnalysis;

namespace Nakama.Server.Runtime.Http;

/// <summary>
/// Finds the handler of a path: a literal segment takes precedence over a parameter, and both over the rest of the path.
/// Immutable.
/// </summary>
internal sealed class HttpHandlerRouter
{
    private const int MaxSegments = 64;

    private readonly Node _root = new();

    /// <param name="handlers">In order of registration: the last one that handles a method of a path gets its requests.</param>
    public HttpHandlerRouter(IEnumerable<HttpHandler> handlers)
    {
        foreach (var handler in handlers) Add(handler);
    }

    /// <summary>The handlers of the best path that matches, newest first, and the values of its parameters.</summary>
    public bool TryFind(string path, [NotNullWhen(true)] out IReadOnlyList<HttpHandler>? handlers, out string[] values)
    {
        values = [];
        handlers = null;
        if (_root.IsLeaf) return false;
        var segments = path.Split('/');
        if (segments.Length > MaxSegments) return false;
        var found = new Stack<string>();
        handlers = Find(_root, segments, 0, found);
        if (handlers is null) return false;
        values = [.. found];
        return true;
    }

    private static List<HttpHandler>? Find(Node node, string[] segments, int index, Stack<string> values)
    {
        if (index == segments.Length) return node.Handlers.Count > 0 ? node.Handlers : null;
        if (node.Literals.TryGetValue(segments[index], out var literal) && Find(literal, segments, index + 1, values) is { } exact) return exact;
        if (segments[index].Length > 0 && node.Parameter is { } parameter && Find(parameter, segments, index + 1, values) is { } any)
        {
            // Parameters are found from the last to the first.
            values.Push(segments[index]);
            return any;
        }

        if (node.Rest.Count == 0) return null;
        values.Push(string.Join('/', segments[index..]));
        return node.Rest;
    }

    private void Add(HttpHandler handler)
    {
        var node = _root;
        foreach (var segment in handler.Path.Segments)
        {
            if (!HttpHandlerPath.IsParameter(segment))
            {
                if (!node.Literals.TryGetValue(segment, out var next)) node.Literals.Add(segment, next = new Node());
                node = next;
            }
            else if (HttpHandlerPath.IsRest(segment))
            {
                node.Rest.Insert(0, handler);
                return;
            }
            else
            {
                node = node.Parameter ??= new Node();
            }
        }

        node.Handlers.Insert(0, handler);
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; set; }

        /// <summary>The handlers of the path that ends here.</summary>
        public List<HttpHandler> Handlers { get; } = [];

        /// <summary>The handlers of all paths that go on here.</summary>
        public List<HttpHandler> Rest { get; } = [];

        public bool IsLeaf => Literals.Count == 0 && Parameter is null && Rest.Count == 0;
    }
}
