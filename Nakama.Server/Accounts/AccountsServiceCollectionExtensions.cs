using Nakama.Server.Api;

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
        .AddSingleton<IApiFeature, AccountsApi>();
}
