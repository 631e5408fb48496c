using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>The callbacks that the modules of one language registered, and the invoker that calls them.</summary>
public sealed class RuntimeRegistrations(ICallbackInvoker invoker)
{
    private readonly List<(CallbackKind Kind, string Name)> _callbacks = [];

    public ICallbackInvoker Invoker { get; } = invoker;

    /// <summary>The files of the modules.</summary>
    public List<ModuleFile> Modules { get; } = [];

    /// <summary>How often the modules of the language have been loaded since the start, this time included.</summary>
    internal int LoadNumber { get; set; }

    /// <summary>The number of the load and a hash of the files.</summary>
    internal string Version { get; set; } = "";

    /// <summary>In order of registration; for the same kind and name only the last.</summary>
    public IReadOnlyList<(CallbackKind Kind, string Name)> Callbacks => _callbacks;

    /// <summary>Creates the match handlers of the modules; null when they have none.</summary>
    public IMatchHandlerFactory? MatchHandlers { get; set; }

    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    /// <summary>The schedules of the registered jobs, by name.</summary>
    public Dictionary<string, JobDefinition> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a job; a later one of the same name replaces an earlier one.</summary>
    public void AddJob(JobDefinition job)
    {
        Add(CallbackKind.Job, job.Name);
        Jobs[job.Name] = job;
    }

    /// <param name="kind">The kind of callback.</param>
    /// <param name="name">
    /// The name by which the language finds the function; empty if there is one of the kind. If all functions of a kind are
    /// called, each has a unique name.
    /// </param>
    public void Add(CallbackKind kind, string name = "")
    {
        var names = CallbackTable.Of(kind).Names;
        var comparison = names == CallbackNames.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _callbacks.RemoveAll(known => known.Kind == kind && known.Name.Equals(name, comparison));
        _callbacks.Add((kind, name));
    }
}
