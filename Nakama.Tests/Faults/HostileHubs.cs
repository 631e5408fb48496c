using System.Net.WebSockets;
using Microsoft.AspNetCore.SignalR.Protocol;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Arbitrary input to the hub.</summary>
public sealed class HostileHubs : WitnessedNode
{
    private const int Messages = 60;

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Random_messages_to_the_hub_are_answered_or_end_the_session(string format)
    {
        IHubProtocol protocol = format == "json" ? new JsonHubProtocol() : new MessagePackHubProtocol();
        var room = Unique.Name("room");
        var match = (await Witness.AskAsync("\"match_create\":{}")).GetProperty("match").Text("match_id");
        var party = (await Witness.AskAsync("\"party_create\":{\"max_size\":4,\"open\":true}")).GetProperty("party").Text("party_id");
        string[] ids = [room, await Witness.JoinAsync(room), match, party, Player.UserId.ToString(), Player.Username];

        await CheckAsync(random => TalkAsync(random, protocol, ids));
    }

    /// <summary>There is no wait for responses, because altered bytes may be the beginning of a longer message.</summary>
    private async Task TalkAsync(Random random, IHubProtocol protocol, string[] ids)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Server.Port}/signalr?access_token={Player.Token}&status=true"), CancellationToken.None);
        var reading = ReadToEndAsync(socket);
        var messages = new RandomHubMessages(random, protocol, ids);
        try
        {
            await SendAsync($$"""{"protocol":"{{protocol.Name}}","version":1}""" + '\u001e');
            for (var i = 0; i < Messages; i++) await socket.SendAsync(messages.NextBytes(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The node closed the session earlier.
        }

        await reading;

        ValueTask SendAsync(string text) =>
            socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
    }

    private static async Task ReadToEndAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // The connection ended without a close frame.
        }
    }
}
