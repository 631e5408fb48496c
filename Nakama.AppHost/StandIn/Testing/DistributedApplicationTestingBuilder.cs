namespace Aspire.Hosting.Testing;

/// <summary>Where a test gets the house from.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>The house that the program of this assembly describes.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        var builder = new DistributedApplicationTestBuilder(args);
        EntryPoint.Describe(typeof(TEntryPoint).Assembly, args, builder);
        return Task.FromResult<IDistributedApplicationTestingBuilder>(builder);
    }

    /// <summary>An empty house.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => new DistributedApplicationTestBuilder(args);
}
