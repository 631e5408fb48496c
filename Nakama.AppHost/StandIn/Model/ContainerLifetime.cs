namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a container outlives the run. Without containers nothing does.</summary>
public enum ContainerLifetime
{
    Session,
    Persistent,
}
