namespace Nakama.Enet.Protocol;

/// <summary>
/// Orders the messages of one channel: reliable ones each once and in sequence, unreliable ones never older
/// than one that was delivered, and not before the reliable ones that were sent earlier.
/// </summary>
internal sealed class IncomingChannel(Inbox inbox)
{
    private const int FarthestAhead = (Limits.OpenWindows - 1) * Limits.SequenceWindow;
    private const int MaxUnreliableWaiting = 16;
    private const int MaxUnreliableAssemblies = 4;

    private readonly Dictionary<ushort, Assembly> _ahead = [];
    private readonly List<(ushort Reliable, ushort Sequence, RentedMessage Message)> _waiting = [];
    private readonly List<(ushort Reliable, ushort Start, Assembly Assembly)> _assemblies = [];
    private ushort _reliable;
    private ushort _unreliable;

    public ReceiveResult Reliable(ushort sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > inbox.MaxMessageLength) return ReceiveResult.Violation;
        if (Judge(sequence) is { } verdict) return verdict;
        if (_ahead.ContainsKey(sequence)) return ReceiveResult.Known;
        if (sequence == Next)
        {
            if (inbox.IsFull) return ReceiveResult.NoRoom;
            inbox.Deliver(RentedMessage.Of(payload));
            Advance(1);
            return ReceiveResult.Taken;
        }

        if (inbox.IsFullAhead) return ReceiveResult.NoRoom;
        inbox.Hold(Cost(payload.Length));
        _ahead.Add(sequence, Assembly.Whole(RentedMessage.Of(payload)));
        return ReceiveResult.Taken;
    }

    public ReceiveResult ReliableFragment(in Fragment fragment)
    {
        if (!fragment.IsValid || fragment.TotalLength > inbox.MaxMessageLength) return ReceiveResult.Violation;
        if (Judge(fragment.Start) is { } verdict) return verdict;
        if (!_ahead.TryGetValue(fragment.Start, out var assembly))
        {
            var isNext = fragment.Start == Next;
            if (isNext ? inbox.IsFull : inbox.IsFullAhead) return ReceiveResult.NoRoom;
            inbox.Hold(Cost((int)fragment.TotalLength));
            _ahead.Add(fragment.Start, assembly = Assembly.Begin(fragment));
        }

        var added = assembly.Add(fragment);
        if (added == ReceiveResult.Taken && assembly.IsWhole && fragment.Start == Next) DeliverAhead();
        return added;
    }

    /// <summary>Delivers an unreliable message, or keeps it for a short time; losing it is not an error.</summary>
    public ReceiveResult Unreliable(ushort reliable, ushort sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > inbox.MaxMessageLength) return ReceiveResult.Violation;
        var ahead = (ushort)(reliable - _reliable);
        if (ahead > FarthestAhead || (ahead == 0 && !IsNewer(sequence))) return ReceiveResult.Known;
        if (ahead == 0)
        {
            if (inbox.IsFull) return ReceiveResult.NoRoom;
            _unreliable = sequence;
            inbox.Deliver(RentedMessage.Of(payload));
            return ReceiveResult.Taken;
        }

        if (_waiting.Count >= MaxUnreliableWaiting || inbox.IsFullAhead) return ReceiveResult.NoRoom;
        inbox.Hold(Cost(payload.Length));
        _waiting.Add((reliable, sequence, RentedMessage.Of(payload)));
        return ReceiveResult.Taken;
    }

    public ReceiveResult UnreliableFragment(ushort reliable, in Fragment fragment)
    {
        if (!fragment.IsValid || fragment.TotalLength > inbox.MaxMessageLength) return ReceiveResult.Violation;
        var ahead = (ushort)(reliable - _reliable);
        if (ahead > FarthestAhead || (ahead == 0 && !IsNewer(fragment.Start))) return ReceiveResult.Known;
        var start = fragment.Start;
        var index = _assemblies.FindIndex(one => one.Reliable == reliable && one.Start == start);
        if (index < 0)
        {
            if (_assemblies.Count == MaxUnreliableAssemblies) Drop(0);
            if (inbox.IsFullAhead) return ReceiveResult.NoRoom;
            inbox.Hold(Cost((int)fragment.TotalLength));
            index = _assemblies.Count;
            _assemblies.Add((reliable, start, Assembly.Begin(fragment)));
        }

        var assembly = _assemblies[index].Assembly;
        var added = assembly.Add(fragment);
        if (added != ReceiveResult.Taken || !assembly.IsWhole) return added;
        var whole = Unreliable(reliable, start, assembly.Message.Span);
        Drop(index);
        return whole;
    }

    /// <summary>Releases all memory.</summary>
    public void Clear()
    {
        foreach (var assembly in _ahead.Values) assembly.Message.Return();
        foreach (var (_, _, message) in _waiting) message.Return();
        foreach (var (_, _, assembly) in _assemblies) assembly.Message.Return();
        _ahead.Clear();
        _waiting.Clear();
        _assemblies.Clear();
    }

    private ushort Next => (ushort)(_reliable + 1);

    /// <summary>The memory for a message ahead of its turn, bookkeeping included.</summary>
    private static int Cost(int length) => length + 64;

    /// <summary>Null for a number that is still expected and within the window.</summary>
    private ReceiveResult? Judge(ushort sequence)
    {
        var ahead = (ushort)(sequence - _reliable);
        if (ahead is 0 or >= 0x8000) return ReceiveResult.Known;
        return ahead > FarthestAhead ? ReceiveResult.NoRoom : null;
    }

    private bool IsNewer(ushort sequence) => (ushort)(sequence - _unreliable) is > 0 and < 0x8000;

    private void Advance(int numbers)
    {
        Move(numbers);
        DeliverAhead();
    }

    private void DeliverAhead()
    {
        while (_ahead.TryGetValue(Next, out var assembly) && assembly.IsWhole)
        {
            _ahead.Remove(Next);
            inbox.Release(Cost(assembly.Message.Length));
            inbox.Deliver(assembly.Message);
            Move(assembly.Count);
        }
    }

    private void Move(int numbers)
    {
        _reliable = (ushort)(_reliable + numbers);
        _unreliable = 0;
        if (_waiting.Count > 0) DeliverWaiting();
    }

    private void DeliverWaiting()
    {
        _waiting.Sort(static (one, other) => one.Sequence.CompareTo(other.Sequence));
        for (var i = 0; i < _waiting.Count;)
        {
            var (reliable, sequence, message) = _waiting[i];
            var ahead = (ushort)(reliable - _reliable);
            if (ahead is > 0 and <= FarthestAhead)
            {
                i++;
                continue;
            }

            _waiting.RemoveAt(i);
            inbox.Release(Cost(message.Length));
            if (ahead == 0 && IsNewer(sequence))
            {
                _unreliable = sequence;
                inbox.Deliver(message);
            }
            else
            {
                message.Return();
            }
        }
    }

    private void Drop(int index)
    {
        var message = _assemblies[index].Assembly.Message;
        inbox.Release(Cost(message.Length));
        message.Return();
        _assemblies.RemoveAt(index);
    }
}
