namespace Nakama.Server.Security;

internal static class SecurityServiceCollectionExtensions
{
    /// <summary>Keys, tokens, revocations, and passwords.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services) => services
        .AddSingleton<SessionTokens>()
        .AddSingleton<RevocationCache>()
        .AddSingleton<RevocationStore>()
        .AddSingleton<Revocations>()
        .AddSingleton(new PasswordLimits())
        .AddSingleton<PasswordHasher>()
        .AddSingleton<PasswordAttempts>()
        .AddHostedService<RevocationLoader>()
        .AddHostedService<RevocationSweep>();
}
