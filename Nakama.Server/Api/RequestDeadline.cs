namespace Nakama.Server.Api;

/// <summary>Ends a request when its time is up or its client is gone, and knows which of the two it was.</summary>
public sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _client;
    private readonly CancellationTokenRegistration _registration;

    public RequestDeadline(TimeSpan time, TimeProvider clock, CancellationToken client)
    {
        _client = client;
        _source = new CancellationTokenSource(time, clock);
        _registration = client.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    public bool HasPassed => _source.IsCancellationRequested && !_client.IsCancellationRequested;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
