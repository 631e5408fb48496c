using System.Buffers;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

// One reader: it reads the next messages while one is being handled, so that pings are answered, and pauses when a few
// are waiting, so that a flood of messages is held back at the client.
internal sealed partial class WebSocketSession
{
    private SessionInbox? _inbox;
    private FrameReader _frames = new(options.MaxMessageSizeBytes);
    private volatile bool _hasPeerClosed;

    /// <summary>Set when further received data is to be ignored.</summary>
    private bool _isDeaf;
    private int _messagesUntilRenewal = options.PingBackoffThreshold;

    /// <summary>Returns the reason why the connection ended, which applies unless the session was closed before.</summary>
    private async ValueTask<SessionClose> ReadAsync()
    {
        while (true)
        {
            var reading = wire.Input.ReadAsync();
            var read = reading.IsCompletedSuccessfully ? reading.Result : await reading;
            var buffer = read.Buffer;
            while (TakeFrame(ref buffer, out var payload) is var kind and not FrameKind.None)
            {
                var handling = IsExpected(kind) ? ProcessAsync(payload) : EndAsync(kind, payload);
                if (!handling.IsCompletedSuccessfully) await handling;
            }

            wire.Input.AdvanceTo(buffer.Start, buffer.End);
            if (IsDone) return SessionClose.PeerClosed;
            if (!read.IsCompleted) continue;
            // Messages received before the end are still handled.
            await IdleAsync();
            return SessionClose.PeerClosed with { Cause = "connection lost" };
        }
    }

    /// <summary>Handles pings and pongs until another frame is found; none when no complete frame is left.</summary>
    private FrameKind TakeFrame(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> payload)
    {
        while (true)
        {
            if (_isDeaf)
            {
                // After a violation the frame boundaries of the stream are unknown.
                buffer = buffer.Slice(buffer.End);
                payload = default;
                return FrameKind.None;
            }

            var kind = _frames.Read(ref buffer, out payload);
            switch (kind)
            {
                case FrameKind.Text or FrameKind.Binary when IsClosing:
                    continue;
                case FrameKind.Ping:
                    if (!IsClosing) SendPong(payload.Span);
                    continue;
                case FrameKind.Pong:
                    RenewDeadlines();
                    continue;
                default:
                    return kind;
            }
        }
    }

    /// <summary>
    /// Handles a frame that ends the session. Earlier messages are still handled, unless the session is already closing.
    /// </summary>
    private ValueTask EndAsync(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        var idle = IsClosing ? default : IdleAsync();
        if (!idle.IsCompletedSuccessfully) return AwaitAsync(idle, kind, payload);
        OnLastFrame(kind, payload.Span);
        return default;

        async ValueTask AwaitAsync(ValueTask idle, FrameKind kind, ReadOnlyMemory<byte> payload)
        {
            await idle;
            OnLastFrame(kind, payload.Span);
        }
    }

    private async ValueTask CloseInTurnAsync(SessionClose reason)
    {
        await IdleAsync();
        Close(reason);
    }

    private void OnLastFrame(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        switch (kind)
        {
            case FrameKind.Close:
                OnPeerClose(payload);
                break;
            case FrameKind.Violation:
                BreakOff(1002, _frames.ViolationText);
                break;
            case FrameKind.TooLarge:
                BreakOff(1009, "");
                break;
            default:
                Close(SessionClose.WrongMessageType);
                break;
        }
    }

    /// <summary>Whether reading is paused because earlier messages are still waiting.</summary>
    internal bool IsHolding => _inbox is { IsHolding: true };

    /// <summary>Created with the first message; many sockets never send one.</summary>
    private SessionInbox Inbox => _inbox ??= new(this, pipeline);

    /// <summary>Completes when every message that has been read is handled.</summary>
    private ValueTask IdleAsync() => _inbox?.IdleAsync() ?? default;

    private bool IsExpected(FrameKind kind) => kind == (format == SessionFormat.WebSocketJson ? FrameKind.Text : FrameKind.Binary);

    private ValueTask ProcessAsync(ReadOnlyMemory<byte> payload)
    {
        if (--_messagesUntilRenewal <= 0)
        {
            _messagesUntilRenewal = options.PingBackoffThreshold;
            RenewDeadlines();
        }

        var request = EnvelopeDecoder.Decode(format, payload.Span);
        if (request is not null) return Inbox.PostAsync(request, payload.Length);
        return CloseInTurnAsync(SessionClose.MalformedPayload);
    }

    private void OnPeerClose(ReadOnlySpan<byte> payload)
    {
        var (code, violation) = CloseFrame.Read(payload);
        if (violation is not null)
        {
            BreakOff(1002, violation);
            return;
        }
        _isDeaf = true;
        _hasPeerClosed = true;
        if (IsClosing) FinishWhenAnswered();
        else Close(SessionClose.PeerClosed with { Code = code, AlwaysTells = true, AwaitsAnswer = false, Cause = $"closed by client with code {code}" });
    }

    private void BreakOff(ushort code, string text)
    {
        _isDeaf = true;
        Close(new SessionClose(text) { Code = code, AlwaysTells = true, AwaitsAnswer = false, Cause = text.Length > 0 ? text : $"closed with code {code}" });
    }
}
