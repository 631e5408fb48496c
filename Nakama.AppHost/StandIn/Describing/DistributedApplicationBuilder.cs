using Aspire.Hosting.Running;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

internal class DistributedApplicationBuilder(string[] args) : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
    {
        Args = args,
        ContentRootPath = Projects.Nakama_AppHost.ProjectPath,
        ApplicationName = typeof(DistributedApplicationBuilder).Assembly.GetName().Name,
    });

    public string AppHostDirectory => Projects.Nakama_AppHost.ProjectPath;

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IList<IResource> Resources { get; } = [];

    public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource
    {
        if (Resources.Any(other => other.Name == resource.Name))
            throw new InvalidOperationException($"There is already a resource named {resource.Name}.");
        Resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    /// <remarks>With <c>--Throwaway=true</c> a run is like one under test, but says what it does.</remarks>
    public virtual DistributedApplication Build() =>
        new(this, Terminal.ForProcess(), isThrowaway: Configuration["Throwaway"] == "true");

    /// <summary>A builder for the program's entry point, which under test is the one the test looks at afterwards.</summary>
    public static IDistributedApplicationBuilder Create(string[] args) => EntryPoint.Described ?? new DistributedApplicationBuilder(args);

    private sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
        where T : IResource;
}
