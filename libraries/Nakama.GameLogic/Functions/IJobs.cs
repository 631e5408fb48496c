namespace Nakama.GameLogic.Functions;

/// <summary>The scheduled jobs that game logic has registered.</summary>
public interface IJobs
{
    /// <summary>The jobs by name.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("jobs_list")]
    Task<IReadOnlyList<JobStatus>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A job by its name.</summary>
    /// <param name="name">The name of the job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The job; null when there is none.</returns>
    /// <exception cref="NakamaException">The server refuses the call.</exception>
    [ServerFunction("job_get")]
    Task<JobStatus?> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Runs a job as soon as possible on any node of the cluster, whatever its schedule; returns before it has begun.</summary>
    /// <param name="name">The name of the job.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NakamaException">There is no such job.</exception>
    [ServerFunction("job_run")]
    Task RunAsync(string name, CancellationToken cancellationToken = default);
}
