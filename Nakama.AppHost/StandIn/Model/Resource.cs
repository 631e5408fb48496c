using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What every resource has: what it is given, what it waits for, how it is reached, how it is doing.</summary>
public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    internal Dictionary<string, Func<CancellationToken, ValueTask<string?>>> Variables { get; } = [];

    internal List<string> Arguments { get; } = [];

    internal List<EndpointReference> Endpoints { get; } = [];

    internal List<ResourceWait> Waits { get; } = [];

    internal HealthCheck? Health { get; set; }

    internal ResourceStatus Status { get; } = new();

    /// <summary>Where it is found, and in words what is there; for people.</summary>
    internal virtual IEnumerable<(string Address, string Words)> Addresses()
    {
        foreach (var endpoint in Endpoints)
        {
            var shown = new ResourceUrlAnnotation { Url = endpoint.Url };
            endpoint.Describe?.Invoke(shown);
            yield return (shown.Url, shown.DisplayText ?? "");
        }
    }

    /// <summary>Starts whatever stands behind the resource; nothing for those that are only a value.</summary>
    internal virtual Task StartAsync(House house, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends it again, and returns once it is gone.</summary>
    internal virtual Task StopAsync() => Task.CompletedTask;
}
