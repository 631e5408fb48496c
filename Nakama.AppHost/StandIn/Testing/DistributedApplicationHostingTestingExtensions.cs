namespace Aspire.Hosting.Testing;

/// <summary>How a test reaches the resources of a running house.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new(app.Find(resourceName).Endpoints.First(endpoint => endpointName is null || endpoint.EndpointName == endpointName).Url);

    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        new() { BaseAddress = app.GetEndpoint(resourceName, endpointName) };

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        ((IResourceWithConnectionString)app.Find(resourceName)).GetConnectionStringAsync(cancellationToken);
}
