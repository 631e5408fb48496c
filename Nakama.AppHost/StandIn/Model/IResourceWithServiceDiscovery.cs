namespace Aspire.Hosting;

/// <summary>A resource whose addresses others are told.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
