using System.Collections.Frozen;

namespace Nakama.Server.Runtime.Jobs;

/// <summary>The jobs that the modules of this node have registered. Reads need no lock.</summary>
internal sealed class JobRegistry
{
    private readonly Lock _lock = new();
    private volatile FrozenDictionary<string, RegisteredJob> _jobs = FrozenDictionary<string, RegisteredJob>.Empty;

    /// <summary>Raised after a job was added, changed or removed.</summary>
    public event Action? Changed;

    public IReadOnlyDictionary<string, RegisteredJob> Jobs => _jobs;

    /// <summary>Adds a job, or replaces the one of the same name.</summary>
    public void Set(JobDefinition job, JobFunction function) => Change(jobs => jobs[job.Name] = new(job, function));

    public void Remove(string name) => Change(jobs => jobs.Remove(name));

    private void Change(Action<Dictionary<string, RegisteredJob>> change)
    {
        lock (_lock)
        {
            var jobs = new Dictionary<string, RegisteredJob>(_jobs, StringComparer.Ordinal);
            change(jobs);
            _jobs = jobs.ToFrozenDictionary(StringComparer.Ordinal);
        }

        Changed?.Invoke();
    }

    public sealed record RegisteredJob(JobDefinition Definition, JobFunction Function);
}
