using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Nakama.AppHost.Postgres;

/// <summary>
/// Whether a server accepts connections. A server that has just been started gets a short grace period: the next check would
/// run a second later, and all other resources wait for this one.
/// </summary>
internal sealed class PostgresAnswers(TimeProvider time, Func<string?> connectionString) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString() ?? throw new InvalidOperationException("The server has not started yet."));
                await connection.OpenAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                if (time.GetElapsedTime(started) > Patience) return new(context.Registration.FailureStatus, exception.Message, exception);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
