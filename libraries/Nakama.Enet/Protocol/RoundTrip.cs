namespace Nakama.Enet.Protocol;

/// <summary>
/// The round trip time, its variance, and the throttle that follows from them; the rules are those
/// of ENet 1.3. All times in milliseconds.
/// </summary>
internal sealed class RoundTrip
{
    private const int FirstGuessMs = 500;

    private long _lowest = FirstGuessMs;
    private long _highestVariance;
    private long _lastLowest = FirstGuessMs;
    private long _lastVariance;
    private long _epochMs;
    private bool _isMeasured;
    private uint _interval = 5000;
    private uint _acceleration = 2;
    private uint _deceleration = 2;
    private uint _counter;

    private long Mean { get; set; } = FirstGuessMs;

    private long Variance { get; set; }

    /// <summary>From 0, where all unreliable messages are dropped, to <see cref="Limits.ThrottleScale"/>.</summary>
    public uint Throttle { get; private set; } = Limits.ThrottleScale;

    /// <summary>The upper limit of the throttle; less than the scale when the client has announced its bandwidth.</summary>
    public uint ThrottleLimit { get; private set; } = Limits.ThrottleScale;

    /// <summary>The timeout for an acknowledgement.</summary>
    public long TimeoutMs => Mean + (4 * Variance);

    public void Configure(uint interval, uint acceleration, uint deceleration)
    {
        _interval = interval;
        _acceleration = acceleration;
        _deceleration = deceleration;
    }

    /// <summary>Records the round trip time of an acknowledgement.</summary>
    public void Measure(long elapsedMs, long nowMs)
    {
        elapsedMs = Math.Max(elapsedMs, 1);
        if (_isMeasured)
        {
            Adjust(elapsedMs);
            Variance -= Variance / 4;
            var difference = Math.Abs(elapsedMs - Mean);
            Variance += difference / 4;
            Mean += elapsedMs >= Mean ? difference / 8 : -(difference / 8);
        }
        else
        {
            _isMeasured = true;
            Mean = elapsedMs;
            Variance = (elapsedMs + 1) / 2;
        }

        _lowest = Math.Min(_lowest, Mean);
        _highestVariance = Math.Max(_highestVariance, Variance);
        if (_epochMs != 0 && nowMs - _epochMs < _interval) return;
        _lastLowest = _lowest;
        _lastVariance = Math.Max(_highestVariance, 1);
        _lowest = Mean;
        _highestVariance = Variance;
        _epochMs = Math.Max(nowMs, 1);
    }

    /// <summary>Sets the upper limit of the throttle.</summary>
    public void Limit(uint limit)
    {
        ThrottleLimit = Math.Clamp(limit, 1, Limits.ThrottleScale);
        Throttle = Math.Min(Throttle, ThrottleLimit);
    }

    /// <summary>Whether the next unreliable message may be sent; the throttle lets the corresponding share pass.</summary>
    public bool LetsPass()
    {
        _counter = (_counter + 7) % Limits.ThrottleScale;
        return _counter <= Throttle;
    }

    private void Adjust(long elapsedMs)
    {
        if (_lastLowest <= _lastVariance) Throttle = ThrottleLimit;
        else if (elapsedMs <= _lastLowest) Throttle = Math.Min(ThrottleLimit, Throttle + _acceleration);
        else if (elapsedMs > _lastLowest + (2 * _lastVariance)) Throttle = Throttle > _deceleration ? Throttle - _deceleration : 0;
    }
}
