using System.Buffers;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

// One reader: the next message is not looked at before this one is done, so a flood of messages waits in the client.
internal sealed partial class WebSocketSession
{
    private FrameReader _frames = new(options.MaxMessageSizeBytes);
    private volatile bool _hasPeerClosed;

    /// <summary>Set when nothing that still arrives matters.</summary>
    private bool _isDeaf;
    private int _messagesUntilRenewal = options.PingBackoffThreshold;

    /// <summary>Returns what ended the connection when nothing else did before.</summary>
    private async ValueTask<SessionClose> ReadAsync()
    {
        while (true)
        {
            var reading = wire.Input.ReadAsync();
            var read = reading.IsCompletedSuccessfully ? reading.Result : await reading;
            var buffer = read.Buffer;
            while (TakeMessage(ref buffer, out var payload))
            {
                var processing = ProcessAsync(payload);
                if (!processing.IsCompletedSuccessfully) await processing;
            }

            wire.Input.AdvanceTo(buffer.Start, buffer.End);
            if (IsDone) return SessionClose.PeerClosed;
            if (read.IsCompleted) return SessionClose.PeerClosed with { Cause = "connection lost" };
        }
    }

    /// <summary>Deals with control frames until a message is found; false when nothing whole is left.</summary>
    private bool TakeMessage(ref ReadOnlySequence<byte> buffer, out ReadOnlyMemory<byte> payload)
    {
        while (true)
        {
            if (_isDeaf)
            {
                // After a violation nothing in the stream can be trusted to be a frame.
                buffer = buffer.Slice(buffer.End);
                payload = default;
                return false;
            }

            var kind = _frames.Read(ref buffer, out payload);
            switch (kind)
            {
                case FrameKind.None:
                    return false;
                case FrameKind.Text or FrameKind.Binary:
                    if (IsClosing) continue;
                    if (IsExpected(kind)) return true;
                    Close(SessionClose.WrongMessageType);
                    continue;
                case FrameKind.Ping:
                    if (!IsClosing) SendPong(payload.Span);
                    continue;
                case FrameKind.Pong:
                    RenewDeadlines();
                    continue;
                case FrameKind.Close:
                    OnPeerClose(payload.Span);
                    continue;
                case FrameKind.Violation:
                    BreakOff(1002, _frames.ViolationText);
                    continue;
                case FrameKind.TooLarge:
                    BreakOff(1009, "");
                    continue;
            }
        }
    }

    private bool IsExpected(FrameKind kind) => kind == (format == SessionFormat.WebSocketJson ? FrameKind.Text : FrameKind.Binary);

    private ValueTask ProcessAsync(ReadOnlyMemory<byte> payload)
    {
        if (--_messagesUntilRenewal <= 0)
        {
            _messagesUntilRenewal = options.PingBackoffThreshold;
            RenewDeadlines();
        }

        var request = EnvelopeDecoder.Decode(format, payload.Span);
        if (request is not null) return pipeline.ProcessAsync(this, request, payload.Length);
        Close(SessionClose.MalformedPayload);
        return default;
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
