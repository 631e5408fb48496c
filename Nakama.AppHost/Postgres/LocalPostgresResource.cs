namespace Nakama.AppHost.Postgres;

/// <summary>A PostgreSQL server of this machine, run as a process.</summary>
internal sealed class LocalPostgresResource : ExecutableResource, IResourceWithConnectionString
{
    public LocalPostgresResource(string name, PostgresCluster cluster, ParameterResource password)
        : base(name, cluster.Command, Path.GetTempPath())
    {
        Password = password;
        Endpoint = new(this, "tcp");
    }

    public ParameterResource Password { get; }

    public EndpointReference Endpoint { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.IPV4Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={Password}");
}
