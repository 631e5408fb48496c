using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Nakama.Tests.TestHost;

/// <summary>A WebSocket with JSON envelopes that never waits longer than <see cref="Patience"/>.</summary>
public sealed class TestSocket : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[65536];
    private readonly List<JsonElement> _passedOver = [];

    private TestSocket()
    {
    }

    /// <summary>The underlying socket, for messages that no client sends.</summary>
    public ClientWebSocket Raw => _socket;

    /// <summary>
    /// Opens a socket; throws <see cref="WebSocketException"/> with the HTTP status when the handshake is rejected.
    /// </summary>
    public static async Task<TestSocket> OpenAsync(Uri uri)
    {
        var socket = new TestSocket();
        socket._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket._socket.Options.CollectHttpResponseDetails = true;
        using var timeout = new CancellationTokenSource(Patience);
        await socket._socket.ConnectAsync(uri, timeout.Token);
        return socket;
    }

    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text);

    public async Task SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _socket.SendAsync(message, type, endOfMessage: true, timeout.Token);
    }

    /// <summary>The next message, or null when the server has closed the socket (see <see cref="CloseStatus"/>).</summary>
    public async Task<byte[]?> ReceiveBytesAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var message = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await _socket.ReceiveAsync(_buffer.AsMemory(), timeout.Token);
            }
            catch (WebSocketException) when (_socket.State is WebSocketState.Aborted or WebSocketState.Closed)
            {
                return null;
            }

            if (part.MessageType == WebSocketMessageType.Close) return null;
            message.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage) return message.ToArray();
        }
    }

    public int? CloseStatus => (int?)_socket.CloseStatus;

    /// <summary>The oldest envelope that is not yet consumed. Fails when the server closes instead.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        if (_passedOver is not [var first, ..]) return await ReceiveNewAsync();
        _passedOver.RemoveAt(0);
        return first;
    }

    /// <summary>The oldest envelope with this message; others stay queued.</summary>
    public Task<JsonElement> ReceiveAsync(string message) => TakeAsync(envelope => envelope.TryGetProperty(message, out var found) ? found : null);

    /// <summary>
    /// Sends an envelope and returns the response with the same cid. Others stay queued: an event may precede or follow a
    /// response.
    /// </summary>
    /// <param name="message">The members of the envelope without its cid: <c>"ping":{}</c>.</param>
    public async Task<JsonElement> AskAsync(string message)
    {
        var cid = Unique.Name("c");
        await SendAsync($$"""{"cid":"{{cid}}",{{message}}}""");
        return await TakeAsync(envelope => envelope.TryGetProperty("cid", out var answered) && answered.GetString() == cid ? envelope : null);
    }

    /// <summary>Forgets the messages that stayed queued.</summary>
    public void DropEvents() => _passedOver.Clear();

    /// <summary>Sends a close frame and waits for the server's.</summary>
    public async Task CloseAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement> TakeAsync(Func<JsonElement, JsonElement?> wanted)
    {
        for (var i = 0; i < _passedOver.Count; i++)
        {
            if (wanted(_passedOver[i]) is not { } kept) continue;
            _passedOver.RemoveAt(i);
            return kept;
        }

        while (true)
        {
            var envelope = await ReceiveNewAsync();
            if (wanted(envelope) is { } found) return found;
            _passedOver.Add(envelope);
        }
    }

    private async Task<JsonElement> ReceiveNewAsync()
    {
        var bytes = await ReceiveBytesAsync() ?? throw new InvalidOperationException($"The socket was closed with {CloseStatus}.");
        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.Clone();
    }
}
