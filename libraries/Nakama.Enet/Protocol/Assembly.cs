namespace Nakama.Enet.Protocol;

/// <summary>A message that is assembled from fragments; an unfragmented message is an assembly with nothing missing.</summary>
internal sealed class Assembly
{
    private readonly ulong[] _seen;

    private Assembly(RentedMessage message, int count, int missing)
    {
        Message = message;
        Count = count;
        Missing = missing;
        _seen = missing == 0 ? [] : new ulong[(count + 63) / 64];
    }

    public RentedMessage Message { get; }

    /// <summary>The number of sequence numbers that the message takes.</summary>
    public int Count { get; }

    /// <summary>The number of missing fragments.</summary>
    public int Missing { get; private set; }

    public bool IsWhole => Missing == 0;

    public static Assembly Whole(RentedMessage message) => new(message, 1, 0);

    public static Assembly Begin(in Fragment fragment) =>
        new(RentedMessage.Blank((int)fragment.TotalLength), (int)fragment.Count, (int)fragment.Count);

    public ReceiveResult Add(in Fragment fragment)
    {
        if (fragment.Count != Count || fragment.TotalLength != Message.Length) return ReceiveResult.Violation;
        if (IsWhole) return ReceiveResult.Known;
        ref var bits = ref _seen[fragment.Number / 64];
        var bit = 1UL << (int)(fragment.Number % 64);
        if ((bits & bit) != 0) return ReceiveResult.Known;
        bits |= bit;
        Missing--;
        fragment.Payload.CopyTo(Message.Room[(int)fragment.Offset..]);
        return ReceiveResult.Taken;
    }
}
