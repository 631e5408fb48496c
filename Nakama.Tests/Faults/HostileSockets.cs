using System.Net.Sockets;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Server.Wire.Realtime;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Proto = Nakama.Server.Wire.Realtime;

namespace Nakama.Tests.Faults;

/// <summary>
/// Whatever comes through a socket is answered or ends the session; it never is an error of the node, and the others notice nothing.
/// </summary>
public sealed class HostileSockets : IAsyncLifetime
{
    private const int Sockets = 60;
    private const int Messages = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private TestServer _server = null!;
    private TestPlayer _player = null!;
    private TestSocket _witness = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _player = await _server.AuthenticateAsync();
        _witness = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
    }

    public async Task DisposeAsync()
    {
        await _witness.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(SessionFormat.WebSocketJson)]
    [InlineData(SessionFormat.WebSocketProtobuf)]
    public async Task Random_messages_on_a_socket_are_answered_or_end_it(SessionFormat format)
    {
        Check(seed => TalkAsync(new Random(seed), format));

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Random_frames_on_a_socket_are_answered_or_end_it()
    {
        Check(async seed =>
        {
            var random = new Random(seed);
            using var socket = await RawSocket.OpenAsync(_server.Port, $"/ws?token={_player.Token}");
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            // Most begin as a frame, so that not every one ends at the first byte.
            if (random.Next(4) > 0) bytes = [(byte)(0x80 | random.Next(16)), (byte)(0x80 | random.Next(126)), .. bytes];
            await SendAsync(socket, bytes);
            socket.Socket.Shutdown(SocketShutdown.Send);
            await socket.ReceiveEndAsync();
        });

        await NothingIsLeftAsync();
    }

    private void Check(Func<int, Task> talk) => Prop.ForAll(Seeds, seed =>
        // Elsewhere, because this thread waits for it.
        Task.Run(async () =>
        {
            await talk(seed).WaitAsync(Patience);
            return (await _witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Sockets));

    /// <summary>Each message is followed by a ping with a name of its own: its answer, or the end, must come.</summary>
    private async Task TalkAsync(Random random, SessionFormat format)
    {
        var isJson = format == SessionFormat.WebSocketJson;
        using var socket = await RawSocket.OpenAsync(_server.Port, $"/ws?token={_player.Token}&status=true&format={(isJson ? "json" : "protobuf")}");
        var messages = new RandomMessages(random, await EnterAsync(socket, isJson));
        for (var i = 0; i < Messages; i++)
        {
            if (!await SendAsync(socket, RawSocket.Frame((byte)(isJson ? 0x81 : 0x82), messages.NextBytes(format)))) return;
            var ping = new Envelope { Cid = $"ping {i}", Ping = new Proto.Ping() };
            if (!await SendAsync(socket, Frame(ping, isJson)) || await AnswerAsync(socket, ping.Cid, isJson) is null) return;
        }
    }

    /// <summary>Goes where messages can be about something, and returns the names of those places.</summary>
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

    /// <summary>The next message; null when the node closed or ended the connection.</summary>
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

    private async Task NothingIsLeftAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var sessions = _server.Services.GetRequiredService<SessionRegistry>();
        var presences = _server.Services.GetRequiredService<PresenceTracker>();
        var witness = await _witness.AskAsync("\"ping\":{}");
        while (sessions.Count > 1 || presences.Count > 1) await Task.Delay(20, timeout.Token);

        Assert.True(witness.TryGetProperty("pong", out _));
        Assert.DoesNotContain(_server.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
