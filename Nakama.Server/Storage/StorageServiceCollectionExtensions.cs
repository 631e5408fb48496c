using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Cluster;
using Nakama.Server.Search;

namespace Nakama.Server.Storage;

internal static class StorageServiceCollectionExtensions
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, StorageAccountPart>()
        .AddSingleton<IAccountImportPart, StorageAccountPart>()
        .AddSingleton<StorageStore>()
        .AddSingleton<StorageStateStore>()
        .AddSingleton<OperatorStorageSearch>()
        .AddSingleton<StorageImportStore>()
        .AddSingleton<StorageIndexRegistry>()
        .AddSingleton(static provider => new SearchIndexFactory(provider.GetRequiredService<StorageOptions>().IndexLuceneMinEntries))
        .AddSingleton<StorageIndexes>()
        .AddSingleton<IDroppedDataListener>(static provider => provider.GetRequiredService<StorageIndexes>())
        .AddSingleton<StorageIndexSearch>()
        .AddSingleton<IApiFeature, StorageApi>();

    /// <summary>Must come after what registers indexes and before what opens the listeners: services start in that order.</summary>
    public static IServiceCollection AddStorageIndexes(this IServiceCollection services) => services
        .AddSingleton<StorageIndexLoader>()
        .AddHostedService(static provider => provider.GetRequiredService<StorageIndexLoader>())
        .AddSingleton<StorageReplication>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<StorageReplication>())
        .AddHostedService(static provider => provider.GetRequiredService<StorageReplication>());
}
