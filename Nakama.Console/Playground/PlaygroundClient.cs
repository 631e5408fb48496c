using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Nakama.Console.Explorer;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Playground;

/// <summary>A player that the console plays: signs in, opens a socket, sends messages, and keeps the last frames.</summary>
/// <param name="number">Counts from 1.</param>
/// <param name="calls">Calls methods of the game API.</param>
/// <param name="sockets">Opens sockets.</param>
/// <param name="time">The clock of the frames.</param>
/// <param name="pageClosed">Ends the client together with its page.</param>
public sealed class PlaygroundClient(int number, ExplorerClient calls, PlaygroundSockets sockets, TimeProvider time, CancellationToken pageClosed) : IDisposable
{
    /// <summary>How many frames are kept.</summary>
    public const int MaxFrames = 500;

    private const int MaxShownLength = 16 * 1024;
    private const int MaxFrameBytes = 4 * 1024 * 1024;
    private const int ReadBytes = 16 * 1024;

    // An object with duplicate names would fail later, when it is read.
    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    private readonly CancellationTokenSource _closed = CancellationTokenSource.CreateLinkedTokenSource(pageClosed);
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _gate = new();
    private readonly Queue<PlaygroundFrame> _frames = new();
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private WebSocket? _socket;
    private string? _token;
    private int _lastFrame;
    private int _lastCid;

    public int Number => number;

    /// <summary>Null until signed in.</summary>
    public string? UserId { get; private set; }

    public string Username { get; private set; } = "";

    public bool IsOpen => _socket is { State: WebSocketState.Open };

    /// <summary>Ids that the client has seen last, to fill forms with.</summary>
    public KnownValues Known { get; } = new();

    /// <summary>One item whenever there is something new to show; many changes may share one.</summary>
    public ChannelReader<bool> Changes => _changes.Reader;

    /// <summary>The kept frames, the newest first.</summary>
    public PlaygroundFrame[] Frames()
    {
        lock (_gate) return [.. _frames.Reverse()];
    }

    public void Clear()
    {
        lock (_gate) _frames.Clear();
    }

    /// <summary>Signs in with a custom id, which creates the account when there is none.</summary>
    /// <returns>Why it failed; null when it has succeeded.</returns>
    public async Task<string?> SignInAsync(string customId, string username)
    {
        var body = new JsonObject { ["account"] = new JsonObject { ["id"] = customId }, ["create"] = true };
        if (username.Length > 0) body["username"] = username;
        Add(FrameDirection.Sent, "AuthenticateCustom", body.ToJsonString());
        try
        {
            var request = new CallApiEndpointRequest { Method = "AuthenticateCustom", Body = body.ToJsonString() };
            var answer = await calls.CallAsync(isFunction: false, request, _closed.Token);
            if (answer.Error.Length > 0) return Fail("AuthenticateCustom", answer.Error);
            using var session = JsonDocument.Parse(answer.Body);
            _token = session.RootElement.GetProperty("token").GetString()!;
            ReadIdentity(_token);
            Add(FrameDirection.Received, "session", $$"""{"user_id":"{{UserId}}","username":{{JsonSerializer.Serialize(Username)}}}""");
            return null;
        }
        catch (Exception error) when (error is NodeException or JsonException or KeyNotFoundException or FormatException)
        {
            return Fail("AuthenticateCustom", error.Message);
        }
    }

    /// <summary>Opens the socket and begins to read from it.</summary>
    /// <returns>Why it failed; null when it has succeeded.</returns>
    public async Task<string?> OpenAsync()
    {
        if (_token is null || IsOpen) return null;
        try
        {
            _socket?.Dispose();
            _socket = await sockets.OpenAsync(_token, _closed.Token);
        }
        catch (Exception error) when (error is WebSocketException or HttpRequestException or OperationCanceledException)
        {
            return Fail("socket", error.Message);
        }

        Add(FrameDirection.Note, "socket opened", "");
        _ = ReadAsync(_socket);
        return null;
    }

    /// <summary>Sends one of the messages.</summary>
    /// <returns>Why it failed; null when it is sent.</returns>
    public Task<string?> SendAsync(SocketMessage message, IReadOnlyDictionary<string, string> values)
    {
        try
        {
            return SendAsync(message.ToEnvelope(values, (++_lastCid).ToString(CultureInfo.InvariantCulture)).ToJsonString());
        }
        catch (FormatException error)
        {
            return Task.FromResult<string?>(error.Message);
        }
    }

    /// <summary>Sends an envelope as it is.</summary>
    /// <returns>Why it failed; null when it is sent.</returns>
    public async Task<string?> SendAsync(string envelope)
    {
        if (_socket is not { State: WebSocketState.Open } socket) return "The socket is not open.";
        try
        {
            await _sending.WaitAsync(_closed.Token);
            try
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(envelope), WebSocketMessageType.Text, endOfMessage: true, _closed.Token);
                AddEnvelope(FrameDirection.Sent, envelope);
            }
            finally
            {
                _sending.Release();
            }

            return null;
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            return Fail("socket", error.Message);
        }
    }

    public async Task CloseAsync()
    {
        if (_socket is not { State: WebSocketState.Open } socket) return;
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closed.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The other side was faster.
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _socket?.Dispose();
        _changes.Writer.TryComplete();
    }

    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new ArrayBufferWriter<byte>(ReadBytes);
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.GetMemory(ReadBytes), _closed.Token);
                if (read.MessageType == WebSocketMessageType.Close) break;
                buffer.Advance(read.Count);
                if (buffer.WrittenCount > MaxFrameBytes) break;
                if (!read.EndOfMessage) continue;
                AddEnvelope(FrameDirection.Received, Encoding.UTF8.GetString(buffer.WrittenSpan));
                buffer.ResetWrittenCount();
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Shown below like an end that was announced.
        }

        var reason = socket.CloseStatusDescription is { Length: > 0 } text ? $"socket closed: {text}" : "socket closed";
        socket.Dispose();
        Add(FrameDirection.Note, reason, "");
    }

    private void ReadIdentity(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        using var claims = JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        UserId = claims.RootElement.GetProperty("uid").GetString();
        Username = claims.RootElement.GetProperty("usn").GetString() ?? "";
    }

    private void AddEnvelope(FrameDirection direction, string text)
    {
        if (Parse(text) is not { } envelope)
        {
            Add(direction, "not an envelope", text);
            return;
        }

        var name = FrameText.NameOf(envelope);
        if (direction == FrameDirection.Received) Known.Learn(envelope);
        Add(direction, name, text, FrameText.DataOf(envelope, name), name == "error");
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: NoDuplicates) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Fail(string name, string reason)
    {
        Add(FrameDirection.Note, $"{name}: {reason}", "", isError: true);
        return reason;
    }

    private void Add(FrameDirection direction, string name, string text, string? data = null, bool isError = false)
    {
        lock (_gate)
        {
            var shown = text.Length > MaxShownLength ? text[..MaxShownLength] + "…" : text;
            _frames.Enqueue(new(++_lastFrame, time.GetUtcNow(), direction, name, shown, text.Length, data, isError));
            if (_frames.Count > MaxFrames) _frames.Dequeue();
        }

        _changes.Writer.TryWrite(true);
    }
}
