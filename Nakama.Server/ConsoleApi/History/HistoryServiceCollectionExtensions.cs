using Nakama.Server.Accounts;

namespace Nakama.Server.ConsoleApi.History;

internal static class HistoryServiceCollectionExtensions
{
    /// <summary>The history of operators' changes.</summary>
    public static IServiceCollection AddConsoleHistory(this IServiceCollection services) => services
        .AddSingleton<HistoryStore>()
        .AddSingleton<HistoryKinds>()
        .AddSingleton<HistoryRecorders>()
        .AddSingleton<HistoryReverts>()
        .AddSingleton<IHistoryKind, AccountHistory>()
        .AddSingleton<IHistoryKind, WalletHistory>()
        .AddSingleton<IHistoryKind, LedgerHistory>()
        .AddSingleton<IHistoryKind, GroupHistory>()
        .AddSingleton<IHistoryKind, MembersHistory>()
        .AddSingleton<IHistoryKind, StorageHistory>()
        .AddSingleton<IAccountPart, HistoryAccountPart>()
        .AddSingleton<IConsoleFeature, ConsoleHistoryApi>()
        .AddHostedService<HistorySweep>();
}
