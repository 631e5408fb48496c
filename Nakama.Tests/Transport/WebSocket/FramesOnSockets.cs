using System.Text;
using Nakama.Server.Api;
using Nakama.Server.Config;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Transport.WebSocket;

public sealed class FramesOnSockets
{
    private static readonly byte[] Ping = Encoding.UTF8.GetBytes("""{"ping":{}}""");

    [Fact]
    public async Task A_message_may_come_in_fragments_with_control_frames_between()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x01, Ping[..3]);
        await socket.SendFrameAsync(0x89, "hey"u8.ToArray());
        await socket.SendFrameAsync(0x00, Ping[3..5]);
        await socket.SendFrameAsync(0x80, Ping[5..]);

        var pong = await socket.ReceiveAsync();
        Assert.Equal((10, "hey"), (pong!.Opcode, pong.Text));
        Assert.Equal("""{"pong":{}}""", (await socket.ReceiveAsync())!.Text);
    }

    [Fact]
    public async Task A_message_may_arrive_byte_by_byte()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        foreach (var single in RawSocket.Frame(0x81, Ping)) await socket.SendBytesAsync([single]);

        Assert.Equal("""{"pong":{}}""", (await socket.ReceiveAsync())!.Text);
    }

    [Fact]
    public async Task Many_messages_in_one_write_are_answered_in_order()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();
        var all = Enumerable.Range(0, 50).SelectMany(i => RawSocket.Frame(0x81, Encoding.UTF8.GetBytes($$$"""{"cid":"{{{i}}}","ping":{}}"""))).ToArray();

        await socket.SendBytesAsync(all);

        for (var i = 0; i < 50; i++) Assert.Equal($"{i}", (await socket.ReceiveJsonAsync()).GetProperty("cid").GetString());
    }

    [Theory]
    [InlineData(0x83, true, "bad opcode 3")]
    [InlineData(0x81, false, "bad MASK")]
    [InlineData(0x83, false, "bad opcode 3, bad MASK")]
    [InlineData(0xC1, true, "RSV1 set")]
    [InlineData(0xB1, true, "RSV2 set, RSV3 set")]
    [InlineData(0x09, true, "FIN not set on control")]
    [InlineData(0x80, true, "continuation after FIN")]
    public async Task A_frame_against_the_protocol_closes_with_1002_and_says_why(int first, bool isMasked, string text)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendBytesAsync(RawSocket.Frame((byte)first, Ping, isMasked));

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((1002, text), (close.CloseCode, close.CloseText));
        Assert.True(await socket.ReceiveEndAsync());
    }

    [Fact]
    public async Task A_control_frame_has_at_most_125_bytes()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x89, new byte[126]);

        Assert.Equal("len > 125 for control", (await socket.ReceiveCloseAsync()).CloseText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_of_the_limit_is_taken_and_a_longer_one_closes_with_1009(bool isFragmented)
    {
        await using var node = await SocketNode.StartAsync(new NakamaOptions { Socket = new SocketOptions { MaxMessageSizeBytes = 300 } });
        using var socket = await node.OpenAsync();
        var fits = Encoding.UTF8.GetBytes("""{"ping":{}}""".PadRight(300));

        await SendAsync(fits);
        Assert.Equal("""{"pong":{}}""", (await socket.ReceiveAsync())!.Text);
        await SendAsync([.. fits, (byte)' ']);

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((1009, ""), (close.CloseCode, close.CloseText));
        Assert.True(await socket.ReceiveEndAsync());

        async Task SendAsync(byte[] message)
        {
            if (isFragmented)
            {
                await socket.SendFrameAsync(0x01, message[..200]);
                await socket.SendFrameAsync(0x80, message[200..]);
            }
            else
            {
                await socket.SendFrameAsync(0x81, message);
            }
        }
    }

    [Fact]
    public async Task A_frame_that_only_announces_too_much_is_refused_before_it_arrives()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendBytesAsync([0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal(1009, (await socket.ReceiveCloseAsync()).CloseCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&format=protobuf")]
    public async Task The_other_kind_of_message_closes_with_a_text(string format)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync(parameters: format);

        if (format.Length == 0) await socket.SendBinaryAsync(Ping);
        else await socket.SendTextAsync("x");

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((1000, "received unexpected WebSocket message type"), (close.CloseCode, close.CloseText));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(4321)]
    public async Task A_client_that_closes_gets_its_code_back_without_a_text(int code)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x88, [(byte)(code >> 8), (byte)code, .. "bye"u8]);

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((code, ""), (close.CloseCode, close.CloseText));
        Assert.True(await socket.ReceiveEndAsync());
        await SocketNode.UntilAsync(() => node.Sessions.Count == 0);
    }

    [Fact]
    public async Task A_client_that_closes_without_a_code_gets_none()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x88, []);

        Assert.Empty((await socket.ReceiveCloseAsync()).Payload);
    }

    [Theory]
    [InlineData(1005)]
    [InlineData(999)]
    [InlineData(5000)]
    public async Task A_close_code_that_may_not_be_sent_breaks_the_protocol(int code)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x88, [(byte)(code >> 8), (byte)code]);

        Assert.Equal((1002, $"bad close code {code}"), Told(await socket.ReceiveCloseAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"cid":5,"ping":{}}""")]
    [InlineData("""{"ping":{"x":1}}""")]
    [InlineData("""{"ping":{},"pong":{}}""")]
    [InlineData("""{"cid":"1"} {}""")]
    [InlineData("""{"cid":"3","unknown":{}}""")]
    public async Task What_is_no_envelope_closes_with_a_text(string text)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendTextAsync(text);

        Assert.Equal((1000, "received malformed payload"), Told(await socket.ReceiveCloseAsync()));
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_malformed()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendFrameAsync(0x81, [.. "{\"cid\":\""u8, 0xC3, 0x28, .. "\",\"ping\":{}}"u8]);

        Assert.Equal((1000, "received malformed payload"), Told(await socket.ReceiveCloseAsync()));
    }

    [Fact]
    public async Task Protobuf_with_a_text_that_is_not_utf8_is_malformed()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync(parameters: "&format=protobuf");

        // rpc { id = "\xFF" }
        await socket.SendBinaryAsync([0xC2, 0x01, 3, 0x0A, 1, 0xFF]);

        Assert.Equal((1000, "received malformed payload"), Told(await socket.ReceiveCloseAsync()));
    }

    [Theory]
    [InlineData("""{"cid":"2"}""")]
    [InlineData("""{"ping":null}""")]
    [InlineData("""{"cid":"1","status":{}}""")]
    public async Task A_missing_message_or_one_of_the_server_closes_with_a_text(string text)
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendTextAsync(text);

        var first = await socket.ReceiveAsync();
        Assert.Equal(8, first!.Opcode);
        Assert.Equal((1000, "error processing message"), Told(first));
    }

    [Fact]
    public async Task A_message_whose_feature_is_missing_is_answered_and_the_session_stays()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync();

        await socket.SendTextAsync("""{"cid":"7","match_create":{}}""");
        Assert.Equal("""{"cid":"7","error":{"message":"Not implemented."}}""", (await socket.ReceiveJsonAsync()).ToString());
        await socket.SendTextAsync("""{"cid":"8","ping":{}}""");
        Assert.Equal("""{"cid":"8","pong":{}}""", (await socket.ReceiveJsonAsync()).ToString());
    }

    [Fact]
    public async Task Protobuf_sessions_speak_binary_frames()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = await node.OpenAsync(parameters: "&format=protobuf");

        // cid = "a", ping {}
        await socket.SendBinaryAsync([0x0A, 1, (byte)'a', 0x82, 0x02, 0]);

        var answer = await socket.ReceiveAsync();
        Assert.Equal(2, answer!.Opcode);
        Assert.Equal([0x0A, 1, (byte)'a', 0x8A, 0x02, 0], answer.Payload);
    }

    private static (int Code, string Text) Told(RawFrame close) => (close.CloseCode, close.CloseText);
}
