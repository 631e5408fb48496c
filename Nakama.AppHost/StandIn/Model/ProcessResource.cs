using System.Diagnostics;
using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is one process of its own.</summary>
public abstract class ProcessResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport
{
    private ChildProcess? _process;

    private protected abstract ProcessStartInfo StartInfo();

    internal override async Task StartAsync(House house, CancellationToken cancellationToken)
    {
        foreach (var endpoint in Endpoints) Ports.MustBeFree(endpoint.Port, Name);

        var start = StartInfo();
        foreach (var argument in Arguments) start.ArgumentList.Add(argument);
        foreach (var (variable, value) in ServiceVariables()) start.Environment[variable] = value;
        foreach (var (variable, value) in Variables) start.Environment[variable] = await value(cancellationToken);
        _process = house.Launch(Name, start);
        House.Watch(this, _process);
    }

    internal override Task StopAsync() => _process?.StopAsync(Signal.Terminate) ?? Task.CompletedTask;

    /// <summary>What every process is told about itself. The app host's own addresses must not leak into it.</summary>
    private IEnumerable<(string Name, string? Value)> ServiceVariables()
    {
        var urls = Endpoints.Where(endpoint => endpoint.Scheme is "http" or "https").Select(endpoint => endpoint.Url);
        yield return ("ASPNETCORE_URLS", Endpoints.Count == 0 ? null : string.Join(';', urls));
        yield return ("OTEL_SERVICE_NAME", Name);
        yield return ("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={Name}-0");
        yield return ("LOGGING__CONSOLE__FORMATTERNAME", "simple");
    }
}
