namespace Nakama.Server.ConsoleApi.Oidc;

internal static class OidcServiceCollectionExtensions
{
    /// <summary>Sign-in of operators with OpenID Connect.</summary>
    public static IServiceCollection AddConsoleOidc(this IServiceCollection services) => services
        .AddSingleton<OidcIssuer>()
        .AddSingleton<OidcTokens>()
        .AddSingleton<OidcAttempts>()
        .AddSingleton<OidcRoles>()
        .AddSingleton<OidcOperatorStore>()
        .AddSingleton<IConsoleFeature, OidcSignInApi>();
}
