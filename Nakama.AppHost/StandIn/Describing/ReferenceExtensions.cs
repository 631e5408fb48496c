using Npgsql;

namespace Aspire.Hosting;

/// <summary>Tells one resource about another.</summary>
public static class ReferenceExtensions
{
    /// <summary>Gives <c>ConnectionStrings__{name}</c>, and for a database its parts as <c>{NAME}_HOST</c> and so on.</summary>
    public static IResourceBuilder<T> WithReference<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where T : IResourceWithEnvironment
    {
        var name = connectionName ?? source.Resource.Name;
        builder.Set($"ConnectionStrings__{name}", async cancellationToken =>
            await source.Resource.GetConnectionStringAsync(cancellationToken)
                ?? (optional ? null : throw new InvalidOperationException($"{name} has no connection string.")));
        if (source.Resource is not PostgresDatabaseResource) return builder;

        var prefix = name.ToUpperInvariant();
        foreach (var (part, read) in Parts)
        {
            builder.Set($"{prefix}_{part}", async cancellationToken =>
                read(new NpgsqlConnectionStringBuilder(await source.Resource.GetConnectionStringAsync(cancellationToken))));
        }
        return builder;
    }

    /// <summary>Gives the addresses of a resource, as <c>services__{name}__…</c> and as <c>{NAME}_{ENDPOINT}</c>.</summary>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where T : IResourceWithEnvironment
    {
        var name = source.Resource.Name;
        foreach (var byScheme in source.Described().Endpoints.GroupBy(endpoint => endpoint.Scheme))
        {
            foreach (var (index, endpoint) in byScheme.Index())
            {
                builder.Set($"services__{name}__{byScheme.Key}__{index}", _ => new(endpoint.Url));
                builder.Set($"{name}_{endpoint.EndpointName}".Replace('-', '_').ToUpperInvariant(), _ => new(endpoint.Url));
            }
        }
        return builder;
    }

    private static readonly (string Part, Func<NpgsqlConnectionStringBuilder, string?> Read)[] Parts =
    [
        ("HOST", text => text.Host),
        ("PORT", text => $"{text.Port}"),
        ("USERNAME", text => text.Username),
        ("PASSWORD", text => text.Password),
        ("DATABASENAME", text => text.Database),
        ("URI", text => $"postgresql://{text.Username}:{text.Password}@{text.Host}:{text.Port}/{text.Database}"),
    ];
}
