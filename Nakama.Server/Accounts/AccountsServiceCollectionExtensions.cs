using Nakama.Server.Api;
using Nakama.Server.Cluster;

namespace Nakama.Server.Accounts;

internal static class AccountsServiceCollectionExtensions
{
    public static IServiceCollection AddAccounts(this IServiceCollection services) => services
        .AddSingleton<AccountStore>()
        .AddSingleton<AccountSearch>()
        .AddSingleton<AccountEditing>()
        .AddSingleton<AccountBans>()
        .AddSingleton<AccountDeletion>()
        .AddSingleton<AccountTransfer>()
        .AddSingleton<DataDeletion>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<DataDeletion>())
        .AddSingleton<IApiFeature, AccountsApi>();
}
