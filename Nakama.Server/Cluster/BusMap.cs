using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>Registers the handlers of one feature for messages from other nodes; called once, at start.</summary>
public interface IBusFeature
{
    void Map(BusMap map);
}

/// <summary>
/// The handlers of messages by code. Messages of one node are handled one after the other in sending order, so a
/// handler must not block; an answer may take longer.
/// </summary>
public sealed class BusMap
{
    private readonly Dictionary<ushort, Action<NodeId, ReadOnlyMemory<byte>>> _tells = [];
    private readonly Dictionary<ushort, BusAnswerer> _asks = [];
    private readonly List<Action<NodeId>> _joined = [];
    private readonly List<Action<NodeId>> _left = [];
    private readonly List<Action<NodeId>> _reset = [];

    internal IReadOnlyList<Action<NodeId>> Joined => _joined;

    internal IReadOnlyList<Action<NodeId>> Left => _left;

    internal IReadOnlyList<Action<NodeId>> Reset => _reset;

    /// <exception cref="InvalidOperationException">The code has a handler already.</exception>
    public void On<T>(BusMessage<T> kind, Action<NodeId, T> handle)
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(static () => new T());
        CheckFree(kind.Code);
        _tells.Add(kind.Code, (from, body) => handle(from, parser.ParseFrom(body.Span)));
    }

    /// <exception cref="InvalidOperationException">The code has a handler already.</exception>
    public void Answer<TAsk, TAnswer>(BusQuestion<TAsk, TAnswer> kind, Func<NodeId, TAsk, CancellationToken, ValueTask<TAnswer>> answer)
        where TAsk : class, IMessage<TAsk>, new()
        where TAnswer : class, IMessage<TAnswer>, new()
    {
        var parser = new MessageParser<TAsk>(static () => new TAsk());
        CheckFree(kind.Code);
        _asks.Add(kind.Code, new BusAnswerer(
            kind.Tag, async (from, body, cancellationToken) => await answer(from, parser.ParseFrom(body.Span), cancellationToken)));
    }

    /// <summary>A node has joined. Called before any of its messages is handled.</summary>
    public void OnJoined(Action<NodeId> handle) => _joined.Add(handle);

    /// <summary>A node has left, and all state that it owned is gone. Called after all of its messages were handled.</summary>
    public void OnLeft(Action<NodeId> handle) => _left.Add(handle);

    /// <summary>
    /// Messages to or from a node may have been lost: what it has been told by changes is to be told as a whole, and what it has told
    /// comes again. Called before any of its further messages is handled.
    /// </summary>
    public void OnReset(Action<NodeId> handle) => _reset.Add(handle);

    internal Action<NodeId, ReadOnlyMemory<byte>>? FindTell(ushort code) => _tells.GetValueOrDefault(code);

    internal BusAnswerer? FindAsk(ushort code) => _asks.GetValueOrDefault(code);

    private void CheckFree(ushort code)
    {
        if (_tells.ContainsKey(code) || _asks.ContainsKey(code)) throw new InvalidOperationException($"Message {code} has two handlers.");
    }
}

/// <summary>Answers one kind of request.</summary>
/// <param name="Tag">The tag of the kind in metrics.</param>
/// <param name="AnswerAsync">Computes the answer.</param>
internal sealed record BusAnswerer(
    KeyValuePair<string, object?> Tag, Func<NodeId, ReadOnlyMemory<byte>, CancellationToken, ValueTask<IMessage>> AnswerAsync);
