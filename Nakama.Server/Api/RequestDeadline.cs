namespace Nakama.Server.Api;

/// <summary>Cancels a request when its time is up or its client has disconnected, and records which of the two it was.</summary>
public sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _client;
    private readonly CancellationTokenRegistration _registration;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _time;
    private readonly long _startedAt;

    public RequestDeadline(TimeSpan time, TimeProvider clock, CancellationToken client)
    {
        _client = client;
        _clock = clock;
        _time = time;
        _startedAt = clock.GetTimestamp();
        _source = new CancellationTokenSource(time, clock);
        _registration = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>
    /// Whether the time is up. A timer may be late by less than its own resolution, so the clock is checked as well.
    /// </summary>
    public bool HasPassed => !_client.IsCancellationRequested && (_source.IsCancellationRequested || IsOver);

    private bool IsOver => _time != Timeout.InfiniteTimeSpan && _clock.GetElapsedTime(_startedAt) >= _time;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
