using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

// Four deadlines share one place on the wheel: the next ping, the client's silence, a write that takes too long, and the
// end of a close. The place is set to the earliest; a deadline that moved away is noticed when its time comes.
internal sealed partial class WebSocketSession : ITimerWheelTarget
{
    private const long Never = long.MaxValue;

    // The deadlines of an idle session fall on beats that all sessions share, so that many pings leave, and many answers
    // come, at once: waking threads for each costs several times what the ping itself does.
    private long BeatMs => Math.Clamp(options.PingPeriodMs / 15, 1, 1000);

    private WheelTimer? _timer;
    private long _setFor = Never;
    private long _pingDue = Never;
    private long _readDue = Never;
    private long _writeDue = Never;
    private long _endDue = Never;

    void ITimerWheelTarget.OnDue(long nowMs)
    {
        var isPingDue = false;
        var isSilent = false;
        var isStuck = false;
        lock (_gate)
        {
            _setFor = Never;
            isStuck = nowMs >= _endDue || nowMs >= _writeDue;
            if (!_isStopped)
            {
                isSilent = nowMs >= _readDue;
                isPingDue = nowMs >= _pingDue;
                // The next ping waits for a sign of life.
                if (isPingDue) _pingDue = Never;
                if (isSilent) _readDue = Never;
            }
            if (!isStuck) SetTimer();
        }

        if (isStuck) Fail("write timeout");
        // A client that is not read from cannot be heard.
        else if (isSilent && IsHolding) RenewDeadlines();
        else if (isSilent) Close(new SessionClose(CloseText($"read tcp {wire.Ends}: i/o timeout")));
        else if (isPingDue) SendPing();
    }

    private static string CloseText(string text) => text.Length <= CloseFrame.MaxTextBytes ? text : "i/o timeout";

    private void StartClock()
    {
        lock (_gate)
        {
            _timer = new WheelTimer(this);
            // A session that was closed before it ran waits for the end of its close only.
            if (_isStopped) SetTimer();
            else Renew();
        }
    }

    private void StopClock()
    {
        lock (_gate)
        {
            if (_timer is not null) Host.Wheel.Clear(_timer);
            _timer = null;
        }
    }

    private void RenewDeadlines()
    {
        lock (_gate)
        {
            if (!_isStopped) Renew();
        }
    }

    private void Renew()
    {
        var now = Host.Wheel.NowMs;
        var beat = BeatMs;
        // A ping may be early, the end must not.
        _readDue = (now + options.PongWaitMs + beat - 1) / beat * beat;
        _pingDue = (now + options.PingPeriodMs) / beat * beat;
        SetTimer();
    }

    private void SetWriteDeadline()
    {
        lock (_gate)
        {
            _writeDue = Host.Wheel.NowMs + options.WriteWaitMs;
            SetTimer();
        }
    }

    private void ClearWriteDeadline()
    {
        lock (_gate) _writeDue = Never;
    }

    /// <summary>How long the close may take in all: the last words and the client's answer.</summary>
    private void SetEndDeadline()
    {
        _pingDue = _readDue = Never;
        _endDue = Host.Wheel.NowMs + options.CloseAckWaitMs;
        SetTimer();
    }

    private void SetTimer()
    {
        var next = Math.Min(Math.Min(_pingDue, _readDue), Math.Min(_writeDue, _endDue));
        if (next >= _setFor || _timer is null) return;
        _setFor = next;
        Host.Wheel.Set(_timer, next);
    }
}
