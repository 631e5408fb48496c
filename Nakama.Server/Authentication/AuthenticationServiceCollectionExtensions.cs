using Nakama.Server.Api;

namespace Nakama.Server.Authentication;

internal static class AuthenticationServiceCollectionExtensions
{
    public static IServiceCollection AddAuthenticationFeature(this IServiceCollection services) => services
        .AddSingleton<IdentityStore>()
        .AddSingleton<LinkStore>()
        .AddSingleton<SocialStore>()
        .AddSingleton<SocialAccounts>()
        .AddSingleton<SocialLinks>()
        .AddSingleton<SocialFriends>()
        .AddSingleton<IdentityAccounts>()
        .AddSingleton<IdentityLinks>()
        .AddSingleton<SocialSignIn>()
        .AddSingleton<SocialLinking>()
        .AddSingleton<SignIn>()
        .AddSingleton<SignOut>()
        .AddSingleton<IApiFeature, AuthenticationApi>()
        .AddSingleton<IApiFeature, SessionsApi>()
        .AddSingleton<IApiFeature, LinkApi>()
        .AddSingleton<IApiFeature, SocialAuthenticationApi>()
        .AddSingleton<IApiFeature, SocialLinkApi>()
        .AddSingleton<IApiFeature, FriendImportApi>();
}
