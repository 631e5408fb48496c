using Google.Protobuf;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Asks the nodes of the cluster for their live state, and answers them for this one.</summary>
internal sealed class LiveNodes : IBusFeature
{
    /// <summary>A node that has not answered by then counts as unreachable.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly BusQuestion<LiveCall, LiveReply> Call = new(95);

    private readonly LiveMap _map = new();
    private readonly MessageBus _bus;
    private readonly NodeDirectory _nodes;
    private readonly TimeProvider _time;

    public LiveNodes(IEnumerable<ILiveFeature> features, MessageBus bus, NodeDirectory nodes, TimeProvider time)
    {
        (_bus, _nodes, _time) = (bus, nodes, time);
        foreach (var feature in features) feature.Map(_map);
    }

    public bool IsThis(string node) => node == _nodes.LocalName;

    /// <summary>Registers the methods with the console API.</summary>
    public void Attach(ApiMap api)
    {
        foreach (var (_, method) in _map.Methods) method.Attach(api, this);
    }

    /// <summary>Asks one other node.</summary>
    /// <exception cref="ApiException">It is not a member, does not answer in time, or refuses.</exception>
    public async ValueTask<TAnswer> AskAsync<TAnswer>(string node, string method, IMessage request, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        if (!_nodes.TryFind(node, out var id) || !_bus.IsMember(id)) throw LiveErrors.NoSuchNode;
        return await TryAskAsync<TAnswer>(id, CallOf(method, request), cancellationToken) ?? throw LiveErrors.Unreachable(node);
    }

    /// <summary>Asks all nodes at once, this one too.</summary>
    public async ValueTask<LiveAnswers<TAnswer>> AskAllAsync<TRequest, TAnswer>(
        string method, TRequest request, Func<TRequest, CancellationToken, ValueTask<TAnswer>> own, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        // The own answer comes first: it checks the request, so that no other node is asked with an invalid one.
        var answers = new List<TAnswer> { await own(request, cancellationToken) };
        var unreachable = new List<string>();
        var others = _bus.Others.ToArray();
        if (others.Length == 0) return new LiveAnswers<TAnswer>(answers, unreachable);
        var call = CallOf(method, request);
        var theirs = await Task.WhenAll(Array.ConvertAll(others, node => TryAskAsync<TAnswer>(node, call, cancellationToken).AsTask()));
        for (var i = 0; i < theirs.Length; i++)
        {
            if (theirs[i] is { } answer) answers.Add(answer);
            // A node that has left meanwhile is no longer one that does not answer.
            else if (_bus.IsMember(others[i])) unreachable.Add(_nodes.NameOf(others[i]));
        }

        unreachable.Sort(StringComparer.Ordinal);
        return new LiveAnswers<TAnswer>(answers, unreachable);
    }

    void IBusFeature.Map(BusMap map) => map.Answer(Call, (_, call, cancellationToken) => AnswerAsync(call, cancellationToken));

    private static LiveCall CallOf(string method, IMessage request) => new() { Method = method, Request = request.ToByteString() };

    /// <summary>Null when the node does not answer in time, or does not know the method.</summary>
    private async ValueTask<TAnswer?> TryAskAsync<TAnswer>(NodeId node, LiveCall call, CancellationToken cancellationToken)
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        LiveReply reply;
        try
        {
            reply = await _bus.AskAsync(node, Call, call, either.Token);
        }
        catch (Exception e) when (e is BusException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }

        // A node of another version does not know the method.
        if (reply.Status == (uint)StatusCode.Unimplemented) return null;
        if (reply.Status != (uint)StatusCode.Ok) throw new ApiException((StatusCode)reply.Status, reply.Message);
        var answer = new TAnswer();
        answer.MergeFrom(reply.Response);
        return answer;
    }

    private async ValueTask<LiveReply> AnswerAsync(LiveCall call, CancellationToken cancellationToken)
    {
        // An answer may look through everything that is live; the frames behind this one must not wait for it.
        await Task.Yield();
        if (!_map.Methods.TryGetValue(call.Method, out var method)) return new LiveReply { Status = (uint)StatusCode.Unimplemented, Message = call.Method };
        try
        {
            return new LiveReply { Response = (await method.AnswerAsync(call.Request, cancellationToken)).ToByteString() };
        }
        catch (ApiException e)
        {
            return new LiveReply { Status = (uint)e.Status, Message = e.Message };
        }
    }
}
