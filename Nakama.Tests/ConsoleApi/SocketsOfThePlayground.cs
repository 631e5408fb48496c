using System.Net;
using System.Net.WebSockets;
using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

/// <summary>Sockets of players that an operator opens.</summary>
public sealed class SocketsOfThePlayground(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string ReadExplorer = """{"admin": false, "acl": {"API_EXPLORER": {"read": true, "write": false, "delete": false}}}""";
    private const string WriteExplorer = """{"admin": false, "acl": {"API_EXPLORER": {"read": true, "write": true, "delete": false}}}""";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task An_operator_with_the_right_opens_the_socket_of_a_player_and_the_audit_log_says_so()
    {
        var player = await Server.AuthenticateAsync();
        var (caller, username) = await ConsoleCaller.CreateAsync(Server, WriteExplorer);
        using var owner = caller;
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        using var socket = await OpenAsync(caller, player.Token, patience.Token);

        await socket.SendAsync("""{"cid":"1","ping":{}}"""u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var buffer = new byte[1024];
        var read = await socket.ReceiveAsync(buffer, patience.Token);

        Assert.Equal("""{"cid":"1","pong":{}}""", Encoding.UTF8.GetString(buffer.AsSpan(0, read.Count)));
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");
        var log = (await admin.GetAsync($"/v2/console/audit/log?username={username}")).Body;
        Assert.Contains(player.UserId.ToString(), log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(player.Token, log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData(ReadExplorer, HttpStatusCode.Forbidden)]
    public async Task Others_are_refused_even_with_the_token_of_a_player(string acl, HttpStatusCode expected)
    {
        var player = await Server.AuthenticateAsync();
        using var caller = acl.Length == 0 ? ConsoleCaller.Anonymous(Server) : (await ConsoleCaller.CreateAsync(Server, acl)).Caller;

        Assert.Equal(expected, await RefusalAsync(caller, player.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no.token.here")]
    public async Task An_operator_without_the_token_of_a_player_is_refused(string token)
    {
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(admin, token));
    }

    private async Task<HttpStatusCode> RefusalAsync(ConsoleCaller caller, string token)
    {
        using var patience = new CancellationTokenSource(TestSocket.Patience);
        using var socket = Socket(caller);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Address(token), patience.Token));
        return socket.HttpStatusCode;
    }

    private async Task<ClientWebSocket> OpenAsync(ConsoleCaller caller, string token, CancellationToken cancellationToken)
    {
        var socket = Socket(caller);
        await socket.ConnectAsync(Address(token), cancellationToken);
        return socket;
    }

    private static ClientWebSocket Socket(ConsoleCaller caller)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (caller.Http.DefaultRequestHeaders.Authorization is { } authorization) socket.Options.SetRequestHeader("Authorization", authorization.ToString());
        return socket;
    }

    private Uri Address(string token) => new($"ws://127.0.0.1:{Server.ConsolePort}/v2/console/api/socket?token={token}");
}
