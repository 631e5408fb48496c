namespace Aspire.Hosting.Testing;

/// <summary>A house described for a test: any free ports, data that is thrown away, nothing on the terminal.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
