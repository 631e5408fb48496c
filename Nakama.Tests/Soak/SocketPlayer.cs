using System.Net.Sockets;
using System.Net.WebSockets;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Soak;

/// <summary>A player on a WebSocket, in JSON or protobuf.</summary>
internal sealed class SocketPlayer(TestSocket socket, bool isJson) : ISoakPlayer
{
    public static async Task<ISoakPlayer> OpenAsync(TestServer server, TestPlayer player, bool isJson) =>
        new SocketPlayer(await TestSocket.OpenAsync(server.SocketUri($"token={player.Token}&status=true&format={(isJson ? "json" : "protobuf")}")), isJson);

    public async Task<Envelope?> AskAsync(Envelope request)
    {
        request.Cid = Unique.Name();
        await SendAsync(request);
        while (await socket.ReceiveBytesAsync() is { } bytes)
        {
            var envelope = isJson ? EnvelopeJson.Parse(bytes) : Envelope.Parser.ParseFrom(bytes);
            if (envelope.Cid == request.Cid) return envelope;
        }
        return null;
    }

    public async Task SendAsync(Envelope message)
    {
        try
        {
            if (isJson) await socket.SendAsync(EnvelopeJson.Write(message).ToArray(), WebSocketMessageType.Text);
            else await socket.SendAsync(message.ToByteArray(), WebSocketMessageType.Binary);
        }
        catch (Exception e) when (e is WebSocketException or SocketException or IOException)
        {
            // The session has ended; the next request tells.
        }
    }

    public async Task LeaveAsync()
    {
        try
        {
            await socket.CloseAsync();
        }
        catch (WebSocketException)
        {
            // The node was faster.
        }
    }

    // Who does not read does not answer pings either.
    public void Vanish()
    {
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();
}
