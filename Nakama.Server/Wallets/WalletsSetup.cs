namespace Nakama.Server.Wallets;

internal static class WalletsSetup
{
    public static IServiceCollection AddWallets(this IServiceCollection services) => services
        .AddSingleton<WalletStore>()
        .AddSingleton<MultiUpdate>();
}
