namespace Aspire.Hosting.Running;

/// <summary>Asks an address until it gives the answer of a healthy process.</summary>
internal sealed record HealthCheck(EndpointReference Endpoint, string Path, int StatusCode)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Returns when the answer comes, or when <paramref name="ended"/> says that it never will.</summary>
    public async Task WaitAsync(Task ended, CancellationToken cancellationToken)
    {
        while (!ended.IsCompleted && !await IsHealthyAsync(cancellationToken))
            await Task.WhenAny(ended, Task.Delay(Pause, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Endpoint.Url + Path), cancellationToken);
            return (int)answer.StatusCode == StatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
