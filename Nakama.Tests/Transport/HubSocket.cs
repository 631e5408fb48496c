using System.Text;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>A bare WebSocket that speaks the hub's JSON protocol, to see each message as it is.</summary>
internal sealed class HubSocket : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly TestSocket _socket;
    private readonly Queue<string> _messages = new();

    private HubSocket(TestSocket socket) => _socket = socket;

    public static async Task<HubSocket> OpenAsync(TestServer server, TestPlayer player)
    {
        var socket = await TestSocket.OpenAsync(new Uri($"ws://127.0.0.1:{server.Port}/signalr?access_token={player.Token}"));
        var hub = new HubSocket(socket);
        await hub.SendAsync("""{"protocol":"json","version":1}""");
        await hub.NextAsync();
        return hub;
    }

    public Task SendAsync(string message) => _socket.SendAsync(message + End);

    /// <summary>The next message of a type: 1 is a call of ours, 3 the end of one of theirs, 7 the end of all.</summary>
    public async Task<JsonElement> ReceiveAsync(int type)
    {
        while (true)
        {
            using var json = JsonDocument.Parse(await NextAsync());
            if (json.RootElement.GetProperty("type").GetInt32() == type) return json.RootElement.Clone();
        }
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task<string> NextAsync()
    {
        while (_messages.Count == 0)
        {
            var frame = await _socket.ReceiveBytesAsync() ?? throw new InvalidOperationException($"The hub closed with {_socket.CloseStatus}.");
            foreach (var message in Encoding.UTF8.GetString(frame).Split(End, StringSplitOptions.RemoveEmptyEntries)) _messages.Enqueue(message);
        }
        return _messages.Dequeue();
    }
}
