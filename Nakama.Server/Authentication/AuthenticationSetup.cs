using Nakama.Server.Api;

namespace Nakama.Server.Authentication;

internal static class AuthenticationSetup
{
    public static IServiceCollection AddAuthentication(this IServiceCollection services) => services
        .AddSingleton<ISessionTokenCheck, SessionTokenCheck>()
        .AddSingleton<IdentityStore>()
        .AddSingleton<LinkStore>()
        .AddSingleton<SignIn>()
        .AddSingleton<IApiFeature, AuthenticationApi>()
        .AddSingleton<IApiFeature, SessionsApi>()
        .AddSingleton<IApiFeature, LinkApi>();
}
