using Google.Protobuf;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>
/// The live methods with what each node answers for itself. A method is asked on this node, on the one node that it
/// concerns, or on all nodes.
/// </summary>
internal sealed class LiveMap
{
    private readonly Dictionary<string, LiveMethod> _methods = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LiveMethod> Methods => _methods;

    /// <summary>A method that this node answers for all.</summary>
    public void OnThis<TRequest, TAnswer>(string name, Func<TRequest, CancellationToken, ValueTask<TAnswer>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TAnswer : class, IMessage<TAnswer>, new() =>
        _methods.Add(name, new LiveMethod<TRequest, TAnswer>(name, answer, nodeOf: static _ => null, merge: null));

    /// <summary>A method that one node answers.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="nodeOf">The name of the node; null for this one.</param>
    /// <param name="answer">The answer of that node.</param>
    public void OnOne<TRequest, TAnswer>(string name, Func<TRequest, string?> nodeOf, Func<TRequest, CancellationToken, ValueTask<TAnswer>> answer)
        where TRequest : class, IMessage<TRequest>, new()
        where TAnswer : class, IMessage<TAnswer>, new() =>
        _methods.Add(name, new LiveMethod<TRequest, TAnswer>(name, answer, nodeOf, merge: null));

    /// <summary>A method that every node answers for itself.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="answer">The answer of one node.</param>
    /// <param name="merge">Makes one answer of those that came in time and the names of the other nodes.</param>
    public void OnAll<TRequest, TAnswer>(
        string name, Func<TRequest, CancellationToken, ValueTask<TAnswer>> answer, Func<TRequest, LiveAnswers<TAnswer>, TAnswer> merge)
        where TRequest : class, IMessage<TRequest>, new()
        where TAnswer : class, IMessage<TAnswer>, new() =>
        _methods.Add(name, new LiveMethod<TRequest, TAnswer>(name, answer, nodeOf: null, merge));
}

/// <summary>What the nodes answered.</summary>
/// <param name="All">The answers that came in time, that of this node first.</param>
/// <param name="Unreachable">The names of the nodes that did not answer in time.</param>
internal sealed record LiveAnswers<TAnswer>(IReadOnlyList<TAnswer> All, IReadOnlyList<string> Unreachable);
