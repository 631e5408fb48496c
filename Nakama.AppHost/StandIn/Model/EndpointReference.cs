namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address of a resource. Nothing stands between: the port is the one the process listens on.</summary>
public sealed class EndpointReference
{
    internal EndpointReference(string name, string scheme, int? declaredPort)
    {
        EndpointName = name;
        Scheme = scheme;
        DeclaredPort = declaredPort;
    }

    public string EndpointName { get; }

    public string Scheme { get; }

    /// <summary>Known once the application is built.</summary>
    public int Port { get; internal set; }

    public string Url => $"{Scheme}://localhost:{Port}";

    internal int? DeclaredPort { get; }

    internal Action<ResourceUrlAnnotation>? Describe { get; set; }
}
