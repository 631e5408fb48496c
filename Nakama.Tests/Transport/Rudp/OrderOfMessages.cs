using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Enet.Protocol;

namespace Nakama.Tests.Transport.Rudp;

/// <summary>One channel's sense of order, whatever the network did to the messages.</summary>
public sealed class OrderOfMessages
{
    private const int MaxLength = 400;

    [Fact]
    public void Reliable_messages_come_out_once_and_in_order_however_they_arrived() => Prop.ForAll<int, byte>((seed, count) =>
    {
        var random = new Random(seed);
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);
        var sent = Enumerable.Range(1, (count % 40) + 1).Select(i => (Sequence: (ushort)i, Payload: Message(random, i))).ToArray();
        var arrivals = sent.Concat(sent.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToArray();

        var taken = new List<byte[]>();
        foreach (var (sequence, payload) in arrivals)
        {
            Assert.NotEqual(ReceiveResult.Violation, channel.Reliable(sequence, payload));
            TakeAll(inbox, taken);
        }
        return taken.SequenceEqual(sent.Select(one => one.Payload), Bytes.Same);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fragments_in_any_order_make_the_message_they_were_cut_from() => Prop.ForAll<int, byte>((seed, cuts) =>
    {
        var random = new Random(seed);
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);
        var message = Message(random, 1, MaxLength);
        var size = (cuts % 50) + 8;
        var count = (message.Length + size - 1) / size;
        var order = Enumerable.Range(0, count).Concat(Enumerable.Range(0, count).Where(_ => random.Next(4) == 0)).OrderBy(_ => random.Next());

        foreach (var number in order) Feed(channel, start: 1, message, size, number, count);
        channel.Reliable((ushort)(count + 1), [7]);

        var taken = new List<byte[]>();
        TakeAll(inbox, taken);
        return taken.SequenceEqual([message, [7]], Bytes.Same);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sequence_numbers_go_round_without_a_gap()
    {
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);

        for (var i = 1; i <= 140_000; i++)
        {
            Assert.Equal(ReceiveResult.Taken, channel.Reliable((ushort)i, BitConverter.GetBytes(i)));
            Assert.True(inbox.TryTake(out var message));
            Assert.Equal(i, BitConverter.ToInt32(message.Span));
            message.Return();
        }
    }

    [Fact]
    public void An_unreliable_message_never_comes_after_a_newer_one()
    {
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);

        Assert.Equal(ReceiveResult.Taken, channel.Unreliable(0, 2, [2]));
        Assert.Equal(ReceiveResult.Known, channel.Unreliable(0, 1, [1]));
        Assert.Equal(ReceiveResult.Known, channel.Unreliable(0, 2, [2]));
        Assert.Equal(ReceiveResult.Taken, channel.Unreliable(0, 3, [3]));

        Assert.Equal([2, 3], Taken(inbox).Select(one => one[0]));
    }

    [Fact]
    public void An_unreliable_message_waits_for_the_reliable_ones_that_were_sent_before_it()
    {
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);

        channel.Unreliable(2, 1, [30]);
        channel.Reliable(2, [20]);
        Assert.Empty(Taken(inbox));
        channel.Reliable(1, [10]);

        Assert.Equal([10, 20, 30], Taken(inbox).Select(one => one[0]));
    }

    [Fact]
    public void A_flood_is_refused_when_nobody_takes_it_and_goes_on_when_someone_does()
    {
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);
        ushort next = 1;
        while (channel.Reliable(next, [1]) == ReceiveResult.Taken) next++;
        Assert.InRange(next, 2, 1000);

        Assert.NotEmpty(Taken(inbox));

        Assert.Equal(ReceiveResult.Taken, channel.Reliable(next, [1]));
    }

    [Fact]
    public void What_comes_ahead_of_its_turn_takes_bounded_room_and_never_keeps_out_what_is_next()
    {
        var inbox = new Inbox(MaxLength);
        var channel = new IncomingChannel(inbox);
        var payload = new byte[MaxLength];
        var kept = 0;
        for (ushort sequence = 2; sequence < 20_000; sequence++)
        {
            if (channel.Reliable(sequence, payload) == ReceiveResult.Taken) kept++;
        }
        Assert.InRange(kept * MaxLength, 1, 100_000);

        Assert.Equal(ReceiveResult.Taken, channel.Reliable(1, payload));
        Assert.Equal(kept + 1, Taken(inbox).Count);
    }

    [Fact]
    public void Fragments_that_do_not_cover_their_message_show_nothing_of_other_memory()
    {
        var inbox = new Inbox(MaxLength);
        for (var i = 0; i < 20; i++)
        {
            var dirty = RentedMessage.Of(Enumerable.Repeat((byte)0xEE, MaxLength).ToArray());
            dirty.Return();
        }
        var channel = new IncomingChannel(inbox);

        // Two fragments, both at the beginning.
        Feed(channel, Command(start: 1, count: 2, number: 0, total: 300, offset: 0, [1]));
        Feed(channel, Command(start: 1, count: 2, number: 1, total: 300, offset: 0, [2]));

        Assert.Equal(new byte[299], Assert.Single(Taken(inbox))[1..]);
    }

    [Theory]
    [InlineData(0u, 0u, 10u, 0u)]
    [InlineData(2u, 2u, 10u, 0u)]
    [InlineData(2u, 0u, 1u, 0u)]
    [InlineData(2u, 0u, 10u, 10u)]
    [InlineData(2u, 0u, 10u, 8u)]
    [InlineData(2u, 0u, 401u, 0u)]
    [InlineData(4_000_000_000u, 0u, 4_000_000_000u, 0u)]
    public void Fragments_that_do_not_add_up_are_a_violation(uint count, uint number, uint total, uint offset) =>
        Assert.Equal(ReceiveResult.Violation, Feed(new IncomingChannel(new Inbox(MaxLength)), Command(1, count, number, total, offset, [1, 2, 3])));

    [Fact]
    public void Unsequenced_messages_come_in_any_order_but_once()
    {
        var window = new UnsequencedWindow();

        foreach (ushort group in (ushort[])[5, 3, 4, 1000, 1023]) Assert.True(window.Accept(group));
        foreach (ushort group in (ushort[])[5, 3, 4, 1000, 1023]) Assert.False(window.Accept(group));
        Assert.True(window.Accept(1024));
        Assert.False(window.Accept(1024));
    }

    private static byte[] Message(Random random, int mark, int length = 0)
    {
        var message = new byte[length > 0 ? length : random.Next(1, 100)];
        random.NextBytes(message);
        message[0] = (byte)mark;
        return message;
    }

    private static void TakeAll(Inbox inbox, List<byte[]> into)
    {
        while (inbox.TryTake(out var message))
        {
            into.Add(message.Span.ToArray());
            message.Return();
        }
    }

    private static List<byte[]> Taken(Inbox inbox)
    {
        var taken = new List<byte[]>();
        TakeAll(inbox, taken);
        return taken;
    }

    private static void Feed(IncomingChannel channel, ushort start, byte[] message, int size, int number, int count)
    {
        var payload = message.AsSpan(number * size, Math.Min(size, message.Length - (number * size)));
        Feed(channel, Command(start, (uint)count, (uint)number, (uint)message.Length, (uint)(number * size), payload));
    }

    private static ReceiveResult Feed(IncomingChannel channel, byte[] wire)
    {
        ReadOnlySpan<byte> rest = wire;
        Assert.True(Nakama.Enet.Protocol.Command.TryTake(ref rest, out var command));
        return channel.ReliableFragment(Fragment.Read(command));
    }

    private static byte[] Command(ushort start, uint count, uint number, uint total, uint offset, ReadOnlySpan<byte> payload)
    {
        var wire = new byte[24 + payload.Length];
        wire[0] = 0x88;
        BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(2), (ushort)(start + number));
        BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(4), start);
        BinaryPrimitives.WriteUInt16BigEndian(wire.AsSpan(6), (ushort)payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(8), count);
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(12), number);
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(16), total);
        BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(20), offset);
        payload.CopyTo(wire.AsSpan(24));
        return wire;
    }

    private sealed class Bytes : IEqualityComparer<byte[]>
    {
        public static readonly Bytes Same = new();

        public bool Equals(byte[]? one, byte[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => bytes.Length;
    }
}
