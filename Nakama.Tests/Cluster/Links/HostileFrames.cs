using System.Text;
using Nakama.Server.Cluster.Links;

namespace Nakama.Tests.Cluster.Links;

/// <summary>Frames after the handshake that are not what they should be.</summary>
public sealed class HostileFrames
{
    [Fact]
    public async Task Frames_arrive_in_order_as_they_were_sent()
    {
        var (opener, acceptor) = await new LinkPair().ShakeHandsAsync();
        foreach (var text in (string[])["one", "two", "three"])
        {
            await SendAsync(opener, text);
            Assert.Equal((FrameError.None, text), await ReceiveAsync(acceptor));
        }
    }

    [Fact]
    public async Task A_forged_a_garbled_and_an_oversized_frame_are_refused()
    {
        var pair = new LinkPair();
        var (opener, acceptor) = await pair.ShakeHandsAsync();
        pair.Change = static bytes =>
        {
            bytes[LinkFrame.HeaderSize] ^= 1;
            return bytes;
        };
        await SendAsync(opener, "changed on its way");
        Assert.Equal(FrameError.Forged, (await ReceiveAsync(acceptor)).Fault);

        pair.Inject(new byte[LinkFrame.HeaderSize + 1]);
        Assert.Equal(FrameError.Garbled, (await ReceiveAsync(acceptor)).Fault);
        pair.Inject(new byte[LinkFrame.MaxSize + 1]);
        Assert.Equal(FrameError.Oversized, (await ReceiveAsync(acceptor)).Fault);
    }

    [Fact]
    public async Task A_frame_that_comes_twice_is_refused_the_second_time()
    {
        var pair = new LinkPair();
        var (opener, acceptor) = await pair.ShakeHandsAsync();
        byte[] sent = [];
        pair.Change = bytes => sent = bytes;
        await SendAsync(opener, "once");
        await ReceiveAsync(acceptor);

        pair.Inject(sent);

        Assert.Equal(FrameError.Duplicate, (await ReceiveAsync(acceptor)).Fault);
        await SendAsync(opener, "again");
        Assert.Equal((FrameError.None, "again"), await ReceiveAsync(acceptor));
    }

    [Fact]
    public async Task A_frame_of_another_connection_of_the_same_nodes_is_refused()
    {
        var earlier = new LinkPair();
        var (opener, _) = await earlier.ShakeHandsAsync();
        byte[] late = [];
        earlier.Change = bytes => late = bytes;
        await SendAsync(opener, "late");
        var pair = new LinkPair();
        var (_, acceptor) = await pair.ShakeHandsAsync();

        pair.Inject(late);

        Assert.Equal(FrameError.Forged, (await ReceiveAsync(acceptor)).Fault);
    }

    [Fact]
    public async Task A_frame_after_one_that_is_missing_is_refused()
    {
        var pair = new LinkPair();
        var (opener, acceptor) = await pair.ShakeHandsAsync();
        using (var lost = new LinkFrame()) opener.Begin(lost, LinkFrameKind.Messages);

        await SendAsync(opener, "after it");

        Assert.Equal(FrameError.Missing, (await ReceiveAsync(acceptor)).Fault);
    }

    [Fact]
    public async Task A_frame_of_the_membership_on_a_connection_for_messages_is_refused()
    {
        var (opener, acceptor) = await new LinkPair().ShakeHandsAsync();

        await SendAsync(opener, "gossip", LinkFrameKind.Membership);

        Assert.Equal(FrameError.Garbled, (await ReceiveAsync(acceptor)).Fault);
    }

    [Fact]
    public void Random_payloads_are_read_without_an_exception_and_in_bounds()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            // Short lengths, too, so that some parts are valid.
            if (bytes.Length > 4 && random.Next(2) == 0) (bytes[1], bytes[2], bytes[3]) = (0, 0, (byte)(random.Next(2) << 7));
            ReadOnlyMemory<byte> rest = bytes;
            var taken = 0;
            while (MessageParts.TryTake(ref rest, out var part, out _)) taken += MessageParts.PrefixSize + part.Length;
            Assert.True(taken + rest.Length == bytes.Length, $"seed {seed}");
        }
    }

    private static async Task SendAsync(AuthenticatedLink link, string text, LinkFrameKind kind = LinkFrameKind.Messages)
    {
        using var frame = new LinkFrame();
        link.Begin(frame, kind);
        Encoding.UTF8.GetBytes(text).CopyTo(frame.Append(text.Length));
        await link.SendAsync(frame, CancellationToken.None);
    }

    private static async Task<(FrameError Fault, string Text)> ReceiveAsync(AuthenticatedLink link)
    {
        var packet = await link.ReceiveAsync(CancellationToken.None);
        using var frame = packet!.Frame;
        var fault = link.Check(frame);
        return (fault, fault == FrameError.None ? Encoding.UTF8.GetString(frame!.SealedPayload.Span) : "");
    }
}
