namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing the house is made of.</summary>
public interface IResource
{
    string Name { get; }
}

/// <summary>A resource that is given environment variables.</summary>
public interface IResourceWithEnvironment : IResource;

/// <summary>A resource that is given command line arguments.</summary>
public interface IResourceWithArgs : IResource;

/// <summary>A resource that others reach over the network.</summary>
public interface IResourceWithEndpoints : IResource;

/// <summary>A resource that can start after others.</summary>
public interface IResourceWithWaitSupport : IResource;

/// <summary>A resource that others are told the connection string of.</summary>
public interface IResourceWithConnectionString : IResource
{
    /// <summary>The connection string, as soon as it is known.</summary>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default);
}
