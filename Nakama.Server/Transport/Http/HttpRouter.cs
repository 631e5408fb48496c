using Nakama.Server.Api;

namespace Nakama.Server.Transport.Http;

/// <summary>
/// Finds the method of a verb and a path. Literal segments take precedence over parameters, which also match empty segments.
/// </summary>
internal sealed class HttpRouter
{
    private const int MaxSegments = 16;

    private readonly Node _root = new();

    public HttpRouter(ApiMap map)
    {
        foreach (var method in map.Methods)
        {
            foreach (var binding in HttpBinding.Of(method)) Add(binding);
        }
    }

    /// <summary>The binding and the values of its path; or whether the path exists for other verbs.</summary>
    public RouteMatch Find(string verb, ReadOnlySpan<string> segments)
    {
        if (segments.Length > MaxSegments) return default;
        var values = new PathValues();
        var isKnown = false;
        var binding = Find(_root, verb, segments, ref values, 0, ref isKnown);
        return new(binding, values, isKnown);
    }

    private static HttpBinding? Find(Node node, string verb, ReadOnlySpan<string> segments, ref PathValues values, int count, ref bool isKnown)
    {
        if (segments.IsEmpty)
        {
            isKnown |= node.Bindings.Count > 0;
            return node.Bindings.GetValueOrDefault(verb);
        }

        if (node.Literals.TryGetValue(segments[0], out var literal)
            && Find(literal, verb, segments[1..], ref values, count, ref isKnown) is { } exact)
        {
            return exact;
        }

        if (node.Parameter is null || count == PathValues.Length) return null;
        values[count] = segments[0];
        return Find(node.Parameter, verb, segments[1..], ref values, count + 1, ref isKnown);
    }

    private void Add(HttpBinding binding)
    {
        var node = _root;
        foreach (var segment in binding.Segments)
        {
            if (HttpBinding.IsParameter(segment))
            {
                node = node.Parameter ??= new Node();
            }
            else
            {
                if (!node.Literals.TryGetValue(segment, out var next)) node.Literals.Add(segment, next = new Node());
                node = next;
            }
        }

        if (!node.Bindings.TryAdd(binding.Verb, binding))
            throw new InvalidOperationException($"{binding.Method.Name} and {node.Bindings[binding.Verb].Method.Name} have the same path.");
    }

    private sealed class Node
    {
        public Dictionary<string, Node> Literals { get; } = new(StringComparer.Ordinal);

        public Node? Parameter { get; set; }

        public Dictionary<string, HttpBinding> Bindings { get; } = new(StringComparer.Ordinal);
    }
}
