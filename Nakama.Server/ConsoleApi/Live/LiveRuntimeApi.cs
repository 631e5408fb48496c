using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Live;
using Nakama.Server.Cluster;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Jobs;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>The modules of every node, and the jobs of the cluster.</summary>
internal sealed class LiveRuntimeApi(RuntimeModules modules, FunctionFailures failures, JobScheduler jobs, NodeDirectory nodes) : ILiveFeature
{
    public void Map(LiveMap live)
    {
        live.OnAll<Empty, LiveRuntime>("GetLiveRuntime", (_, _) => new(Describe()), static (_, answers) => new LiveRuntime
        {
            Modules =
            {
                answers.All.SelectMany(static answer => answer.Modules)
                    .OrderBy(static set => set.Language, StringComparer.Ordinal).ThenBy(static set => set.Node, StringComparer.Ordinal),
            },
            Unreachable = { answers.Unreachable },
        });
        live.OnThis<Empty, LiveJobList>("ListLiveJobs", async (_, cancellationToken) =>
            new LiveJobList { Jobs = { (await jobs.ListAsync(cancellationToken)).OrderBy(static job => job.Name, StringComparer.Ordinal).Select(Describe) } });
        live.OnThis<RunJobRequest, Empty>("RunJob", async (request, cancellationToken) =>
            await jobs.RequestAsync(request.Name, cancellationToken) ? new Empty() : throw LiveErrors.JobNotFound);
    }

    private static Timestamp? TimeOf(DateTime? time) =>
        time is { } known ? Timestamp.FromDateTime(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null;

    private LiveRuntime Describe()
    {
        var runtime = new LiveRuntime();
        foreach (var language in System.Enum.GetValues<ScriptLanguage>())
        {
            var registrations = modules.Loaded.Of(language);
            var load = modules.LoadsOf(language);
            if (registrations is null && load.LastError is null) continue;
            runtime.Modules.Add(Describe(language, registrations, load));
        }

        return runtime;
    }

    private LiveModuleSet Describe(ScriptLanguage language, RuntimeRegistrations? registrations, ModuleLoads load)
    {
        var set = new LiveModuleSet
        {
            Node = nodes.LocalName,
            Language = language.ToString(),
            Version = registrations?.Version ?? "",
            LoadNumber = registrations?.LoadNumber ?? 0,
            LoadTime = load.LoadedAt?.ToTimestamp(),
            LastError = load.LastError ?? "",
            LastErrorTime = load.FailedAt?.ToTimestamp(),
        };
        foreach (var file in registrations?.Modules ?? [])
            set.Files.Add(new LiveModuleSet.Types.File { Path = file.Path, ModTime = file.ModifiedAt.ToTimestamp() });
        foreach (var (kind, name) in registrations?.Callbacks ?? [])
            set.Functions.Add(new LiveModuleSet.Types.Function { Kind = NameOf(kind), Name = name });
        foreach (var failure in failures.Of(language))
        {
            set.Failures.Add(new Nakama.Protocol.Live.FunctionFailure
            {
                Kind = NameOf(failure.Kind),
                Name = failure.Name,
                Count = failure.Count,
                LastTime = failure.LastAt.ToTimestamp(),
                LastError = failure.LastError,
            });
        }

        return set;
    }

    private static string NameOf(CallbackKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static LiveJob Describe(JobState job) => new()
    {
        Name = job.Name,
        Schedule = job.Schedule,
        NextTime = TimeOf(job.NextAt),
        LastDueTime = TimeOf(job.Last?.DueAt),
        LastStartTime = TimeOf(job.Last?.StartedAt),
        LastDurationMs = job.Last?.DurationMs ?? 0,
        LastOutcome = job.Last?.Outcome.ToString().ToLowerInvariant() ?? "",
        LastError = job.Last?.Error ?? "",
        LastNode = job.Last?.Node ?? "",
        IsRunning = job.IsRunning,
        RunCount = job.RunCount,
        FailureCount = job.FailureCount,
        IsRequested = job.IsRequested,
    };
}
