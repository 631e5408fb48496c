using Nakama.Server.Sessions;

namespace Nakama.Server.Transport.WebSocket;

// Four deadlines share one timer: the next ping, the read timeout, the write timeout, and the end of a close. The timer is
// set to the earliest; a deadline that has moved to a later time is detected when the timer fires.
internal sealed partial class WebSocketSession : ITimerWheelTarget
{
    private const long Never = long.MaxValue;

    // The deadlines of an idle session are multiples of an interval that all sessions share, so that many pings are sent, and
    // many
    // answers arrive, together: waking threads for each costs several times as much as the ping itself.
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
                // The next ping is scheduled when data arrives from the client.
                if (isPingDue) _pingDue = Never;
                if (isSilent) _readDue = Never;
            }
            if (!isStuck) SetTimer();
        }

        if (isStuck) Fail("write timeout");
        // The read timeout does not apply while reading is paused.
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
            // A session that was closed before it ran only waits for the end of its close.
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
        // A ping may be early, the read timeout may not.
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

    /// <summary>The time limit of a close: the final frames and the client's answer together.</summary>
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
