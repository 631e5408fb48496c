using System.Net.Sockets;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Proto = Nakama.Protocol.Realtime;

namespace Nakama.Tests.Faults;

/// <summary>Arbitrary input to a socket.</summary>
public sealed class HostileSockets : WitnessedNode
{
    private const int Messages = 40;

    [Theory]
    [InlineData(SessionFormat.WebSocketJson)]
    [InlineData(SessionFormat.WebSocketProtobuf)]
    public async Task Random_messages_on_a_socket_are_answered_or_end_it(SessionFormat format) =>
        await CheckAsync(random => TalkAsync(random, format));

    [Fact]
    public async Task Random_frames_on_a_socket_are_answered_or_end_it()
    {
        await CheckAsync(async random =>
        {
            using var socket = await RawSocket.OpenAsync(Server.Port, $"/ws?token={Player.Token}");
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            // Most begin as a valid frame, so that not every one ends at the first byte.
            if (random.Next(4) > 0) bytes = [(byte)(0x80 | random.Next(16)), (byte)(0x80 | random.Next(126)), .. bytes];
            await SendAsync(socket, bytes);
            socket.Socket.Shutdown(SocketShutdown.Send);
            await socket.ReceiveEndAsync();
        });
    }

    /// <summary>Each message is followed by a ping with a unique name: its response, or the end, must arrive.</summary>
    private async Task TalkAsync(Random random, SessionFormat format)
    {
        var isJson = format == SessionFormat.WebSocketJson;
        using var socket = await RawSocket.OpenAsync(Server.Port, $"/ws?token={Player.Token}&status=true&format={(isJson ? "json" : "protobuf")}");
        var messages = new RandomMessages(random, await EnterAsync(socket, isJson));
        for (var i = 0; i < Messages; i++)
        {
            if (!await SendAsync(socket, RawSocket.Frame((byte)(isJson ? 0x81 : 0x82), messages.NextBytes(format)))) return;
            var ping = new Envelope { Cid = $"ping {i}", Ping = new Proto.Ping() };
            if (!await SendAsync(socket, Frame(ping, isJson)) || await AnswerAsync(socket, ping.Cid, isJson) is null) return;
        }
    }

    /// <summary>Joins what messages can refer to, and returns the ids.</summary>
    private static async Task<IReadOnlyList<string>> EnterAsync(RawSocket socket, bool isJson)
    {
        var room = Unique.Name("room");
        var channel = await AskAsync(new Envelope { ChannelJoin = new Proto.ChannelJoin { Target = room, Type = 1 } });
        var match = await AskAsync(new Envelope { MatchCreate = new Proto.MatchCreate() });
        var party = await AskAsync(new Envelope { PartyCreate = new Proto.PartyCreate { MaxSize = 4, Open = true } });
        var self = channel.Channel.Self;
        return [room, channel.Channel.Id, match.Match.MatchId, party.Party.PartyId, self.UserId, self.SessionId, self.Username];

        async Task<Envelope> AskAsync(Envelope request)
        {
            request.Cid = Unique.Name();
            await SendAsync(socket, Frame(request, isJson));
            return (await AnswerAsync(socket, request.Cid, isJson))!;
        }
    }

    private static byte[] Frame(Envelope envelope, bool isJson) =>
        isJson ? RawSocket.Frame(0x81, EnvelopeJson.Write(envelope).ToArray()) : RawSocket.Frame(0x82, envelope.ToByteArray());

    /// <summary>Null when the session ended instead.</summary>
    private static async Task<Envelope?> AnswerAsync(RawSocket socket, string cid, bool isJson)
    {
        while (await ReceiveAsync(socket) is { } frame)
        {
            var envelope = isJson ? EnvelopeJson.Parse(frame.Payload) : Envelope.Parser.ParseFrom(frame.Payload);
            if (envelope.Cid == cid) return envelope;
        }
        return null;
    }

    /// <summary>The next message; null when the node closed or aborted the connection.</summary>
    private static async Task<RawFrame?> ReceiveAsync(RawSocket socket)
    {
        try
        {
            while (await socket.ReceiveAsync() is { } frame)
            {
                if (frame.Opcode is 1 or 2) return frame;
                if (frame.Opcode == 8) return null;
            }
            return null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static async Task<bool> SendAsync(RawSocket socket, byte[] bytes)
    {
        try
        {
            await socket.SendBytesAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
