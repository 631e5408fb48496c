using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>
/// The only connection from this node to others: one-way messages, requests, and broadcasts. On a node that is alone every call
/// ends immediately and nothing is encoded; callers whose message is expensive to create check <see cref="IsAlone"/> first.
/// </summary>
public sealed class MessageBus : INodeListener, IDisposable
{
    /// <summary>The time limit for an answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The maximum number of open requests; further ones fail immediately.</summary>
    public const int MaxOpenQuestions = 65_536;

    private readonly NodeDirectory _nodes;
    private readonly BusMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<MessageBus> _logger;
    private readonly ConcurrentDictionary<ulong, OpenQuestion> _open = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile NodeId[] _others = [];
    private BusMap _map = new();
    private INodeTransport? _transport;
    private ulong _lastNumber;
    private int _openCount;

    internal MessageBus(NodeDirectory nodes, BusMetrics metrics, TimeProvider time, ILogger<MessageBus> logger) =>
        (_nodes, _metrics, _time, _logger) = (nodes, metrics, time, logger);

    /// <summary>Whether there are no other nodes.</summary>
    public bool IsAlone => _others.Length == 0;

    /// <summary>The other nodes at this moment.</summary>
    public ReadOnlySpan<NodeId> Others => _others;

    /// <summary>Whether there is a connection to another node.</summary>
    public bool IsConnected(NodeId node) => _transport?.IsConnected(_nodes.NameOf(node)) ?? false;

    /// <summary>How many messages wait for a node.</summary>
    public int QueueLength(NodeId node) => _transport?.QueueLength(_nodes.NameOf(node)) ?? 0;

    public bool IsMember(NodeId node) => node.IsLocal || Array.IndexOf(_others, node) >= 0;

    /// <summary>Sends a message to one other node. False when it is not a member or its queue is full.</summary>
    public bool Tell<T>(NodeId node, BusMessage<T> kind, T message)
        where T : class, IMessage<T>, new() =>
        IsMember(node) && Send(node, BusFrameType.Tell, kind.Tag, BusFrame.Write(BusFrameType.Tell, kind.Code, 0, message), kind.IsDroppable);

    /// <summary>Sends a message to all other nodes; encoded once. Those whose queue is full are skipped.</summary>
    public void Broadcast<T>(BusMessage<T> kind, T message)
        where T : class, IMessage<T>, new() => Tell(_others, kind, message);

    /// <summary>Sends a message to some other nodes; encoded once.</summary>
    public void Tell<T>(ReadOnlySpan<NodeId> others, BusMessage<T> kind, T message)
        where T : class, IMessage<T>, new() => Tell(others, kind, message, kind.IsDroppable);

    /// <summary>Sends a message to some other nodes; encoded once.</summary>
    /// <param name="others">The nodes.</param>
    /// <param name="kind">The kind of message.</param>
    /// <param name="message">The message.</param>
    /// <param name="isDroppable">Whether the loss of this one does no harm.</param>
    public void Tell<T>(ReadOnlySpan<NodeId> others, BusMessage<T> kind, T message, bool isDroppable)
        where T : class, IMessage<T>, new()
    {
        if (others.IsEmpty) return;
        var frame = BusFrame.Write(BusFrameType.Tell, kind.Code, 0, message);
        foreach (var node in others) Send(node, BusFrameType.Tell, kind.Tag, frame, isDroppable);
    }

    /// <summary>Sends a request to one other node.</summary>
    /// <exception cref="BusException">It is not a member, did not answer in time, or failed.</exception>
    public async ValueTask<TAnswer> AskAsync<TAsk, TAnswer>(
        NodeId node, BusQuestion<TAsk, TAnswer> kind, TAsk question, CancellationToken cancellationToken)
        where TAsk : class, IMessage<TAsk>, new()
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        if (Interlocked.Increment(ref _openCount) > MaxOpenQuestions)
        {
            Interlocked.Decrement(ref _openCount);
            throw new BusException("Too many questions to other nodes are open.");
        }

        var number = Interlocked.Increment(ref _lastNumber);
        var open = new OpenQuestion(node);
        _open[number] = open;
        try
        {
            // A question whose sender is told that it was lost does no harm.
            if (!IsMember(node) || !Send(node, BusFrameType.Ask, kind.Tag, BusFrame.Write(BusFrameType.Ask, kind.Code, number, question), isDroppable: true))
                throw new BusException("The node cannot be reached.");
            var body = await open.Task.WaitAsync(AnswerTimeout, _time, cancellationToken);
            var answer = new TAnswer();
            answer.MergeFrom(body.Span);
            return answer;
        }
        catch (TimeoutException e)
        {
            throw new BusException("The node did not answer in time.", e);
        }
        finally
        {
            _open.TryRemove(number, out _);
            Interlocked.Decrement(ref _openCount);
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Starts the communication with the other nodes.</summary>
    internal void Start(INodeTransport transport, IEnumerable<IBusFeature> features)
    {
        var map = new BusMap();
        foreach (var feature in features) feature.Map(map);
        _map = map;
        _transport = transport;
        _metrics.Watch(() => MeasureQueues(transport));
        transport.Start(this);
    }

    /// <summary>Cancels the requests that are still being answered.</summary>
    internal void Stop() => _stopping.Cancel();

    void INodeListener.OnJoined(string node)
    {
        var id = _nodes.Register(node);
        lock (_gate)
        {
            if (id.IsLocal || IsMember(id)) return;
            _others = [.. _others, id];
        }

        BusLog.Joined(_logger, node);
        foreach (var handle in _map.Joined) Run(handle, id);
    }

    void INodeListener.OnLeft(string node)
    {
        if (!_nodes.TryFind(node, out var id)) return;
        lock (_gate)
        {
            if (id.IsLocal || !IsMember(id)) return;
            _others = Array.FindAll(_others, other => other != id);
        }

        BusLog.Left(_logger, node);
        Fail(id, "The node is gone.");
        foreach (var handle in _map.Left) Run(handle, id);
    }

    void INodeListener.OnReset(string node)
    {
        if (!_nodes.TryFind(node, out var id) || !IsMember(id)) return;
        Fail(id, "The connection to the node was lost.");
        foreach (var handle in _map.Reset) Run(handle, id);
    }

    void INodeListener.OnFrame(string node, ReadOnlyMemory<byte> frame)
    {
        if (!_nodes.TryFind(node, out var from) || from.IsLocal || !IsMember(from)) return;
        if (!BusFrame.TryRead(frame, out var read))
        {
            BusLog.Unreadable(_logger, node);
            return;
        }

        try
        {
            switch (read.Type)
            {
                case BusFrameType.Tell when _map.FindTell(read.Code) is { } handle:
                    handle(from, read.Body);
                    break;
                case BusFrameType.Ask:
                    Answer(from, read.Code, read.Number, read.Body);
                    break;
                case BusFrameType.Answer when _open.TryGetValue(read.Number, out var open) && open.Node == from:
                    open.TrySetResult(read.Body.ToArray());
                    break;
                case BusFrameType.Failure when _open.TryGetValue(read.Number, out var open) && open.Node == from:
                    open.TrySetException(new BusException("The node failed to answer."));
                    break;
                default:
                    BusLog.Unknown(_logger, node, read.Code);
                    break;
            }
        }
        catch (Exception e)
        {
            BusLog.HandlerFailed(_logger, e, read.Code, node);
        }
    }

    private void Fail(NodeId node, string reason)
    {
        foreach (var (_, open) in _open)
        {
            if (open.Node == node) open.TrySetException(new BusException(reason));
        }
    }

    private void Answer(NodeId from, ushort code, ulong number, ReadOnlyMemory<byte> body)
    {
        if (_map.FindAsk(code) is not { } answerer)
        {
            BusLog.Unknown(_logger, _nodes.NameOf(from), code);
            Send(from, BusFrameType.Failure, BusKinds.Unknown, BusFrame.Write(BusFrameType.Failure, code, number, null), isDroppable: true);
            return;
        }

        _ = AnswerAsync(from, code, number, body, answerer);
    }

    private async Task AnswerAsync(NodeId from, ushort code, ulong number, ReadOnlyMemory<byte> body, BusAnswerer answerer)
    {
        var (type, answer) = (BusFrameType.Failure, (IMessage?)null);
        try
        {
            answer = await answerer.AnswerAsync(from, body, _stopping.Token);
            type = BusFrameType.Answer;
        }
        catch (Exception e)
        {
            if (e is not OperationCanceledException) BusLog.HandlerFailed(_logger, e, code, _nodes.NameOf(from));
        }

        Send(from, type, answerer.Tag, BusFrame.Write(type, code, number, answer), isDroppable: true);
    }

    private bool Send(NodeId node, BusFrameType type, in KeyValuePair<string, object?> kind, byte[] frame, bool isDroppable)
    {
        if (_transport is null) return false;
        var isSent = _transport.TrySend(_nodes.NameOf(node), frame, isDroppable);
        _metrics.Sent(type, kind, isSent);
        if (!isSent) BusLog.NotSent(_logger, _nodes.NameOf(node));
        return isSent;
    }

    private List<Measurement<int>> MeasureQueues(INodeTransport transport)
    {
        var lengths = new List<Measurement<int>>();
        foreach (var node in _others)
        {
            var name = _nodes.NameOf(node);
            lengths.Add(new(transport.QueueLength(name), new KeyValuePair<string, object?>("node", name)));
        }

        return lengths;
    }

    private void Run(Action<NodeId> handle, NodeId node)
    {
        try
        {
            handle(node);
        }
        catch (Exception e)
        {
            BusLog.MemberHandlerFailed(_logger, e, _nodes.NameOf(node));
        }
    }

    private sealed class OpenQuestion(NodeId node) : TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public NodeId Node { get; } = node;
    }
}
