using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Transport.WebSocket;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Transport.WebSocket;

public sealed class FrameReading
{
    private const int Limit = 512;

    [Fact]
    public void Whatever_arrives_never_makes_the_reader_throw_or_stand_still()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var buffer = new ReadOnlySequence<byte>((byte[])bytes.Clone());
            var reader = new FrameReader(Limit);
            while (true)
            {
                var before = buffer.Length;
                var kind = reader.Read(ref buffer, out var payload);
                if (kind is FrameKind.None or FrameKind.Violation or FrameKind.TooLarge) break;
                if (buffer.Length >= before || payload.Length > Limit) return false;
            }
            reader.Dispose();
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(400));
    }

    [Fact]
    public void A_message_is_the_same_however_it_is_cut_into_fragments_and_packets()
    {
        Prop.ForAll<byte[], int[], int>((message, fragmentCuts, packet) =>
        {
            if (message.Length > Limit) return true;
            var wire = Fragments(message, fragmentCuts);
            var size = Math.Max(1, Math.Abs(packet % 40));
            return ReadInPackets(wire, size).SequenceEqual(message);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(300));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(131)]
    public void Removing_a_mask_gives_the_bytes_that_were_masked(int length)
    {
        var plain = Enumerable.Range(0, length).Select(i => (byte)(i * 37)).ToArray();
        byte[] key = [1, 2, 3, 250];
        var masked = plain.Select((value, i) => (byte)(value ^ key[i % 4])).ToArray();

        FrameMask.Remove(masked, BitConverter.ToUInt32(key));

        Assert.Equal(plain, masked);
    }

    private static byte[] Fragments(byte[] message, int[] cuts)
    {
        var at = cuts.Select(cut => Math.Abs(cut % (message.Length + 1))).Append(0).Append(message.Length).Order().ToArray();
        var wire = new List<byte>();
        for (var i = 1; i < at.Length; i++)
        {
            var first = (i == at.Length - 1 ? 0x80 : 0) | (i == 1 ? 2 : 0);
            wire.AddRange(RawSocket.Frame((byte)first, message[at[i - 1]..at[i]]));
        }
        return [.. wire];
    }

    private static byte[] ReadInPackets(byte[] wire, int size)
    {
        var reader = new FrameReader(Limit);
        try
        {
            var arrived = new List<byte>();
            foreach (var packet in wire.Chunk(size))
            {
                arrived.AddRange(packet);
                var buffer = Segments([.. arrived], size);
                if (reader.Read(ref buffer, out var payload) == FrameKind.Binary) return payload.ToArray();
                arrived = [.. buffer.ToArray()];
            }
            throw new InvalidOperationException("The message never became whole.");
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static ReadOnlySequence<byte> Segments(byte[] bytes, int size)
    {
        Segment? first = null, last = null;
        foreach (var chunk in bytes.Chunk(size))
        {
            last = new Segment(chunk, last);
            first ??= last;
        }
        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? previous)
        {
            Memory = bytes;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
