namespace Aspire.Hosting.ApplicationModel;

/// <summary>Lets a test wait for a resource.</summary>
public sealed class ResourceNotificationService
{
    private readonly DistributedApplication _app;

    internal ResourceNotificationService(DistributedApplication app) => _app = app;

    /// <exception cref="HouseException">The resource failed; the message ends with what it printed last.</exception>
    public Task WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        _app.Find(resourceName).Status.Healthy.WaitAsync(cancellationToken);
}
