using Nakama.Server.Cluster;
using Nakama.Server.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Transport.WebSocket;

public sealed class OpeningSockets
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_valid_token_opens_a_socket_with_the_accept_key_of_the_protocol(bool withGate)
    {
        await using var node = await SocketNode.StartAsync(withGate: withGate);

        using var socket = await node.OpenAsync();

        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", socket.Answer, StringComparison.Ordinal);
        await socket.SendTextAsync("""{"cid":"1","ping":{}}""");
        Assert.Equal("""{"cid":"1","pong":{}}""", (await socket.ReceiveJsonAsync()).ToString());
    }

    [Theory]
    [InlineData("format=xml", "HTTP/1.1 400", "Invalid format parameter\n")]
    [InlineData("format=JSON", "HTTP/1.1 400", "Invalid format parameter\n")]
    [InlineData("format=json", "HTTP/1.1 401", "Missing or invalid token\n")]
    [InlineData("token=garbage", "HTTP/1.1 401", "Missing or invalid token\n")]
    [InlineData("token=", "HTTP/1.1 401", "Missing or invalid token\n")]
    public async Task A_wrong_request_is_refused_with_a_text(string query, string status, string body)
    {
        await using var node = await SocketNode.StartAsync();

        using var socket = await RawSocket.SendRequestAsync(node.Port, "/ws?" + query);

        Assert.StartsWith(status, socket.Answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n" + body, socket.Answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain; charset=utf-8", socket.Answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", socket.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_request_with_a_valid_token_is_a_bad_request()
    {
        await using var node = await SocketNode.StartAsync();

        using var socket = await RawSocket.SendRequestAsync(node.Port, "/ws?token=" + node.TokenOf(Guid.NewGuid()), "only");

        Assert.StartsWith("HTTP/1.1 400", socket.Answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", socket.Answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nBad Request\n", socket.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bearer_header_is_used_instead_of_the_parameter(bool withGate)
    {
        await using var node = await SocketNode.StartAsync(withGate: withGate);
        var token = node.TokenOf(Guid.NewGuid());

        using var good = await RawSocket.SendRequestAsync(node.Port, "/ws", "Authorization: Bearer " + token);
        using var lower = await RawSocket.SendRequestAsync(node.Port, "/ws", "Authorization: bearer " + token);
        using var basic = await RawSocket.SendRequestAsync(node.Port, "/ws?token=" + token, "Authorization: Basic x");

        Assert.StartsWith("HTTP/1.1 101", good.Answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", lower.Answer, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", basic.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("T", true)]
    [InlineData("True", true)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    public async Task Only_some_words_make_the_user_appear_online(string status, bool isOnline)
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();

        using var socket = await node.OpenAsync(user, "&status=" + status);

        await SocketNode.UntilAsync(() => node.Tracker.CountIn(new StreamId(StreamMode.Notifications, user)) == 1);
        Assert.Equal(isOnline, node.Tracker.IsOnline(user));
    }

    [Fact]
    public async Task A_user_who_appears_online_first_hears_of_it()
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();

        using var socket = await node.OpenAsync(user, "&status=true");

        var join = (await socket.ReceiveJsonAsync()).GetProperty("status_presence_event").GetProperty("joins")[0];
        Assert.Equal(user, join.GetProperty("user_id").GetGuid());
        Assert.Equal("", join.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_session_id_is_time_based_and_ends_with_the_mark_of_the_node()
    {
        await using var node = await SocketNode.StartAsync(new Server.Config.NakamaOptions { Name = "n30" });
        var user = Guid.NewGuid();

        using var socket = await node.OpenAsync(user);

        await SocketNode.UntilAsync(() => node.Sessions.Count == 1);
        var id = node.SessionOf(user).Id.ToString();
        Assert.EndsWith("-2b9c8f66234a", id, StringComparison.Ordinal);
        Assert.Equal('1', id[14]);
        Assert.True(node.Get<LocalNode>().Made(node.SessionOf(user).Id));
    }

    [Theory]
    [InlineData("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13", 101)]
    [InlineData("upgrade: WebSocket\r\nconnection: upgrade\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version:13", 101)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13", 400)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8", 400)]
    [InlineData("Upgrade: other\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13", 400)]
    public async Task The_forms_of_the_upgrade_headers_are_those_of_the_protocol(string headers, int status)
    {
        await using var node = await SocketNode.StartAsync();

        using var socket = await RawSocket.SendRequestAsync(node.Port, "/ws?token=" + node.TokenOf(Guid.NewGuid()), "only", headers);

        Assert.StartsWith($"HTTP/1.1 {status}", socket.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_may_be_escaped()
    {
        await using var node = await SocketNode.StartAsync();
        var user = Guid.NewGuid();

        using var socket = await node.OpenAsync(user, "&lang=pt%2DBR");

        await SocketNode.UntilAsync(() => node.Sessions.Count == 1);
        Assert.Equal("pt-BR", node.SessionOf(user).Lang);
    }

    [Fact]
    public async Task Messages_that_arrive_together_with_the_handshake_are_not_lost()
    {
        await using var node = await SocketNode.StartAsync();
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, node.Port);
        var head = $"GET /ws?token={node.TokenOf(Guid.NewGuid())} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

        byte[] together = [.. System.Text.Encoding.ASCII.GetBytes(head), .. RawSocket.Frame(0x81, """{"ping":{}}"""u8.ToArray())];
        await socket.SendAsync(together);

        var received = "";
        var buffer = new byte[4096];
        while (!received.Contains("""{"pong":{}}""", StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer);
            Assert.True(count > 0, "The server closed: " + received);
            received += System.Text.Encoding.Latin1.GetString(buffer, 0, count);
        }
    }
}
