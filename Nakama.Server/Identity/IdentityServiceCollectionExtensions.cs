namespace Nakama.Server.Identity;

internal static class IdentityServiceCollectionExtensions
{
    /// <summary>Checking the credentials that providers issue to players.</summary>
    public static IServiceCollection AddSocial(this IServiceCollection services) => services
        .AddSingleton<AppleTokens>()
        .AddSingleton<FacebookTokens>()
        .AddSingleton<InstantGamePlayers>()
        .AddSingleton<GameCenterPlayers>()
        .AddSingleton<GoogleTokens>()
        .AddSingleton<SteamTickets>()
        .AddSingleton<SocialProviders>();
}
