using Nakama.Server.Accounts;

namespace Nakama.Server.Wallets;

internal static class WalletsServiceCollectionExtensions
{
    public static IServiceCollection AddWallets(this IServiceCollection services) => services
        .AddSingleton<IAccountExportPart, WalletAccountPart>()
        .AddSingleton<WalletStore>()
        .AddSingleton<MultiUpdate>();
}
