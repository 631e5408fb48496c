namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that runs elsewhere and is only connected to.</summary>
public class ConnectionStringResource(string name, Func<string> value) : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
{
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => new(value());
}
