using System.Buffers.Binary;
using Microsoft.Extensions.Logging;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>Valid WebSocket frames without payload.</summary>
public sealed class FragmentsAndPings : IAsyncLifetime
{
    private const byte FirstText = 0x01;
    private const byte Continuation = 0x00;
    private const byte Ping = 0x89;

    private TestServer _server = null!;
    private TestSocket _witness = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _witness = await _server.OpenSocketAsync(await _server.AuthenticateAsync());
    }

    public async Task DisposeAsync()
    {
        await _witness.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_message_of_thousands_of_empty_fragments_ends_the_socket()
    {
        using var socket = await OpenAsync();

        await socket.SendBytesAsync([.. RawSocket.Frame(FirstText, []), .. Repeat(RawSocket.Frame(Continuation, []), 5000)]);

        var close = await socket.ReceiveCloseAsync();
        Assert.Equal((1002, "too many fragments"), (close.CloseCode, close.CloseText));
        await CheckAsync();
    }

    [Fact]
    public async Task A_message_in_a_thousand_fragments_is_a_message()
    {
        using var socket = await OpenAsync();
        var text = "{\"cid\":\"1\",\"ping\":{}}"u8.ToArray();

        var frames = new List<byte>(RawSocket.Frame(FirstText, text[..1]));
        frames.AddRange(Repeat(RawSocket.Frame(Continuation, []), 1000));
        for (var i = 1; i < text.Length; i++) frames.AddRange(RawSocket.Frame((byte)(i == text.Length - 1 ? 0x80 : Continuation), [text[i]]));
        await socket.SendBytesAsync([.. frames]);

        Assert.True((await socket.ReceiveJsonAsync()).TryGetProperty("pong", out _));
    }

    [Fact]
    public async Task Fragments_without_end_are_cut_off_at_the_size_of_a_message()
    {
        using var socket = await OpenAsync();
        var max = _server.Options.Socket.MaxMessageSizeBytes;

        await socket.SendBytesAsync([.. RawSocket.Frame(FirstText, new byte[100]), .. Repeat(RawSocket.Frame(Continuation, new byte[100]), max / 100)]);

        Assert.Equal(1009, (await socket.ReceiveCloseAsync()).CloseCode);
        await CheckAsync();
    }

    [Fact]
    public async Task A_flood_of_pings_is_answered_for_the_newest_and_holds_nobody_up()
    {
        const int Pings = 100_000;
        using var socket = await OpenAsync();
        var payload = new byte[125];
        var reading = ReadAsync();

        for (var i = 0; i < Pings;)
        {
            var frames = new List<byte>();
            for (var batch = 0; batch < 1000; batch++)
            {
                BinaryPrimitives.WriteInt32BigEndian(payload, ++i);
                frames.AddRange(RawSocket.Frame(Ping, payload));
            }

            await socket.SendBytesAsync([.. frames]);
            if (i % 20_000 == 0) await CheckAsync();
        }

        Assert.InRange(await reading.WaitAsync(TimeSpan.FromSeconds(60)), 1, Pings);

        async Task<int> ReadAsync()
        {
            var count = 0;
            while (await socket.ReceiveAsync() is { } frame)
            {
                count++;
                if (BinaryPrimitives.ReadInt32BigEndian(frame.Payload) == Pings) return count;
            }

            throw new InvalidOperationException("The socket ended.");
        }
    }

    private async Task<RawSocket> OpenAsync() =>
        await RawSocket.OpenAsync(_server.Port, $"/ws?token={(await _server.AuthenticateAsync()).Token}");

    private static IEnumerable<byte> Repeat(byte[] frame, int times) => Enumerable.Repeat(frame, times).SelectMany(static bytes => bytes);

    private async Task CheckAsync()
    {
        Assert.True((await _witness.AskAsync("\"ping\":{}")).TryGetProperty("pong", out _));
        Assert.DoesNotContain(_server.Log.Lines, line => line.Level >= LogLevel.Error);
    }
}
