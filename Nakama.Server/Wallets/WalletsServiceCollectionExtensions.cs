namespace Nakama.Server.Wallets;

internal static class WalletsServiceCollectionExtensions
{
    public static IServiceCollection AddWallets(this IServiceCollection services) => services
        .AddSingleton<WalletStore>()
        .AddSingleton<MultiUpdate>();
}
