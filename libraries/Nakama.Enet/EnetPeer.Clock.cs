using Nakama.Enet.Protocol;

namespace Nakama.Enet;

internal sealed partial class EnetPeer
{
    private const long BandwidthPeriodMs = 1000;
    private const long MaxResendMs = 4000;

    /// <summary>
    /// How long a client may leave a command unacknowledged although datagrams arrive from it, in milliseconds.
    /// </summary>
    private const long MaxUnacknowledgedMs = 30_000;

    private readonly long _createdAtMs;
    private long _nowMs;
    private long _nextCheckMs;
    private long _endDueMs = long.MaxValue;
    private long _bandwidthAtMs;
    private long _bytesSentBefore;

    /// <summary>Handles everything that is due.</summary>
    public PeerEvents Tick(long nowMs)
    {
        // Most peers have nothing due most of the time, so they are skipped without taking their lock.
        if (nowMs < Volatile.Read(ref _nextCheckMs)) return PeerEvents.None;
        lock (_gate)
        {
            if (_state == PeerState.Gone) return PeerEvents.None;
            _nowMs = Math.Max(_nowMs, nowMs);
            if (_state == PeerState.Verifying)
            {
                if (nowMs - _createdAtMs < _times.HandshakeMs)
                {
                    _nextCheckMs = _createdAtMs + _times.HandshakeMs;
                    return PeerEvents.None;
                }
                Vanish("no answer to the verification");
                return PeerEvents.Gone;
            }

            if (FindEnd() is { } cause)
            {
                // After a timeout, another client may have the same address and be about to connect, so no disconnect is sent.
                if (!IsSilent) SendGoodbye(_closeCode);
                Vanish(cause);
                return PeerEvents.Gone;
            }
            if (!_isAdmitted && _state == PeerState.Connected && nowMs - _createdAtMs >= _times.LoginMs)
            {
                SendGoodbye(NotAdmitted);
                Vanish("no token in time");
                return PeerEvents.Gone;
            }

            ResendWhatIsLate();
            LimitBandwidth();
            if (_inFlight.Count + _resend.Count == 0 && nowMs - _lastReceivedMs >= _times.PingMs) _resend.Append(Control(CommandKind.Ping, 0));
            _nextCheckMs = NextCheck();
            return _resend.Count > 0 ? PeerEvents.Flush : PeerEvents.None;
        }
    }

    private bool IsSilent => _nowMs - _lastReceivedMs >= _times.SilenceMs;

    private string? FindEnd()
    {
        if (_nowMs >= _endDueMs) return EndCause;
        if (IsSilent) return "no sign of life";
        for (var command = _inFlight.First; command is not null; command = command.Next)
        {
            if (_nowMs - command.FirstSentAtMs >= MaxUnacknowledgedMs) return "no acknowledgement";
        }
        return null;
    }

    private void ResendWhatIsLate()
    {
        for (var command = _inFlight.First; command is not null;)
        {
            var next = command.Next;
            if (_nowMs - command.SentAtMs >= command.TimeoutMs)
            {
                command.TimeoutMs = Math.Min(command.TimeoutMs * 2, MaxResendMs);
                _inFlight.Remove(command);
                _bytesInFlight -= command.Length;
                _resend.Append(command);
            }
            command = next;
        }
    }

    /// <summary>Throttles unreliable messages to the incoming bandwidth that the client has announced.</summary>
    private void LimitBandwidth()
    {
        if (_incomingBandwidth == 0 || _nowMs - _bandwidthAtMs < BandwidthPeriodMs) return;
        var sent = _bytesSent - _bytesSentBefore;
        var allowed = _incomingBandwidth * (_nowMs - _bandwidthAtMs) / 1000;
        if (_bandwidthAtMs > 0) _roundTrip.Limit(sent <= allowed ? Limits.ThrottleScale : (uint)(allowed * Limits.ThrottleScale / sent));
        _bytesSentBefore = _bytesSent;
        _bandwidthAtMs = _nowMs;
    }

    private long NextCheck()
    {
        var next = Math.Min(_endDueMs, _lastReceivedMs + _times.SilenceMs);
        if (!_isAdmitted) next = Math.Min(next, _createdAtMs + _times.LoginMs);
        if (_inFlight.Count + _resend.Count == 0) next = Math.Min(next, _lastReceivedMs + _times.PingMs);
        if (_incomingBandwidth > 0) next = Math.Min(next, _bandwidthAtMs + BandwidthPeriodMs);
        for (var command = _inFlight.First; command is not null; command = command.Next) next = Math.Min(next, command.SentAtMs + command.TimeoutMs);
        return Math.Max(next, _nowMs + 1);
    }
}
