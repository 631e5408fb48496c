using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>Handles the messages of other nodes that belong to one feature; asked for them once, at start.</summary>
public interface IBusFeature
{
    void Map(BusMap map);
}

/// <summary>
/// Who handles which message. Messages of one node are handled one after the other in the order in which they were sent, so a
/// handler must not block; an answer may take its time.
/// </summary>
public sealed class BusMap
{
    private readonly Dictionary<ushort, Action<NodeId, ReadOnlyMemory<byte>>> _tells = [];
    private readonly Dictionary<ushort, BusAnswerer> _asks = [];
    private readonly List<Action<NodeId>> _joined = [];
    private readonly List<Action<NodeId>> _left = [];

    internal IReadOnlyList<Action<NodeId>> Joined => _joined;

    internal IReadOnlyList<Action<NodeId>> Left => _left;

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

    /// <summary>A node has come. Told before anything that it sends.</summary>
    public void OnJoined(Action<NodeId> handle) => _joined.Add(handle);

    /// <summary>A node is gone with all that it kept. Told after everything that it sent.</summary>
    public void OnLeft(Action<NodeId> handle) => _left.Add(handle);

    internal Action<NodeId, ReadOnlyMemory<byte>>? FindTell(ushort code) => _tells.GetValueOrDefault(code);

    internal BusAnswerer? FindAsk(ushort code) => _asks.GetValueOrDefault(code);

    private void CheckFree(ushort code)
    {
        if (_tells.ContainsKey(code) || _asks.ContainsKey(code)) throw new InvalidOperationException($"Message {code} has two handlers.");
    }
}

/// <summary>Answers one kind of question.</summary>
/// <param name="Tag">What metrics call the kind.</param>
/// <param name="AnswerAsync">Makes the answer.</param>
internal sealed record BusAnswerer(
    KeyValuePair<string, object?> Tag, Func<NodeId, ReadOnlyMemory<byte>, CancellationToken, ValueTask<IMessage>> AnswerAsync);
