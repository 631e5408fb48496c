namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from the configuration.</summary>
public class ParameterResource(string name, Func<string> value) : Resource(name)
{
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<string?>(cancellationToken) : new(value());
}
