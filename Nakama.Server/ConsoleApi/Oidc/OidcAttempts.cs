using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>
/// Counts invalid ID tokens by network: ten within one to two minutes lock the network out. Other networks are not affected,
/// and neither are passwords. The counts are kept in the memory of each node and bounded.
/// </summary>
internal sealed class OidcAttempts(TimeProvider time)
{
    public const int MaxFailures = 10;

    private const int MaxNetworks = 16_384;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly RecentCounts<string> _failures = new(time, Period, MaxNetworks);

    /// <summary>Runs an attempt, which counts when it ends with <see cref="StatusCode.Unauthenticated"/>.</summary>
    /// <exception cref="ApiException">The network had too many failures, or the attempt threw.</exception>
    public async ValueTask<T> CountAsync<T>(ClientOrigin client, Func<ValueTask<T>> attempt)
    {
        // Counted before the result is known, so that concurrent attempts cannot exceed the limit together.
        if (!_failures.TryAdd(client.Key, MaxFailures)) throw ConsoleErrors.TryAgainLater;
        var isFailure = false;
        try
        {
            return await attempt();
        }
        catch (ApiException e) when (e.Status == StatusCode.Unauthenticated)
        {
            isFailure = true;
            throw;
        }
        finally
        {
            if (!isFailure) _failures.TakeBack(client.Key);
        }
    }
}
