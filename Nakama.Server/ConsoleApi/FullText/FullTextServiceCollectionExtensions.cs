using Nakama.Server.Accounts;
using Nakama.Server.Cluster;
using Nakama.Server.Groups;
using Nakama.Server.Search.Text;
using Nakama.Server.Storage;
using Npgsql;

namespace Nakama.Server.ConsoleApi.FullText;

internal static class FullTextServiceCollectionExtensions
{
    /// <summary>The full-text search of operators, as part of the console API.</summary>
    public static IServiceCollection AddConsoleSearch(this IServiceCollection services) => services
        .AddSingleton<ITextSource>(static provider => new AccountTextSource(
            provider.GetRequiredService<NpgsqlDataSource>(), withDisplayNames: !provider.GetRequiredService<ConsoleOptions>().DisableDisplayNameSearch))
        .AddSingleton<ITextSource, GroupTextSource>()
        .AddSingleton<ITextSource, StorageTextSource>()
        .AddSingleton<FullTextIndex>()
        .AddSingleton<FullTextFolder>()
        .AddSingleton<FullTextChanges>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<FullTextChanges>())
        .AddSingleton<IAccountPart>(static provider => provider.GetRequiredService<FullTextChanges>())
        .AddSingleton<FullTextFollower>()
        .AddHostedService(static provider => provider.GetRequiredService<FullTextFollower>())
        .AddSingleton<IDroppedDataListener>(static provider => provider.GetRequiredService<FullTextFollower>())
        .AddSingleton<FullTextSearch>()
        .AddSingleton<INameIndex>(static provider => provider.GetRequiredService<FullTextSearch>())
        .AddSingleton<IConsoleFeature, ConsoleSearchApi>();
}
