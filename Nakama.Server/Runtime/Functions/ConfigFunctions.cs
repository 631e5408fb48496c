namespace Nakama.Server.Runtime.Functions;

/// <summary>The settings that modules may see.</summary>
internal sealed class ConfigFunctions(NakamaOptions options) : IFunctionFamily
{
    public string Name => "Configuration";

    public void Describe(FunctionGroup functions) =>
        functions.Function("get_config", "The settings that modules may see, secrets of the game included.")
            .Returns("config").OnlyInLua().Does(_ => HostValue.Of(Read()));

    private HostRecord Read() => new HostRecord()
        .Add("name", options.Name)
        .Add("shutdown_grace_sec", options.ShutdownGraceSec)
        .Add("logger", new HostRecord().Add("level", options.Logger.Level))
        .Add("session", OfSession(options.Session))
        .Add("socket", new HostRecord()
            .Add("server_key", options.Socket.ServerKey)
            .Add("port", options.Socket.Port)
            .Add("address", options.Socket.Address)
            .Add("protocol", options.Socket.Protocol))
        .Add("social", OfSocial(options.Social))
        .Add("runtime", new HostRecord()
            .Add("env", HostValue.Of(options.Runtime.Env.Select(static entry => HostValue.Of(entry)).ToList()))
            .Add("http_key", options.Runtime.HttpKey))
        .Add("iap", OfPurchases(options.Iap))
        .Add("google_auth", new HostRecord().Add("credentials_json", options.GoogleAuth.CredentialsJson))
        .Add("satori", new HostRecord()
            .Add("url", options.Satori.Url)
            .Add("api_key_name", options.Satori.ApiKeyName)
            .Add("api_key", options.Satori.ApiKey)
            .Add("signing_key", options.Satori.SigningKey));

    private static HostRecord OfSession(SessionOptions session) => new HostRecord()
        .Add("encryption_key", session.EncryptionKey)
        .Add("token_expiry_sec", session.TokenExpirySec)
        .Add("refresh_encryption_key", session.RefreshEncryptionKey)
        .Add("refresh_token_expiry_sec", session.RefreshTokenExpirySec)
        .Add("single_socket", session.SingleSocket)
        .Add("single_match", session.SingleMatch)
        .Add("single_party", session.SingleParty)
        .Add("single_session", session.SingleSession);

    private static HostRecord OfSocial(SocialOptions social) => new HostRecord()
        .Add("steam", new HostRecord().Add("publisher_key", social.Steam.PublisherKey).Add("app_id", social.Steam.AppId))
        .Add("facebook_instant_game", new HostRecord().Add("app_secret", social.FacebookInstantGame.AppSecret))
        .Add("facebook_limited_login", new HostRecord().Add("app_id", social.FacebookLimitedLogin.AppId))
        .Add("apple", new HostRecord().Add("bundle_id", social.Apple.BundleId));

    private static HostRecord OfPurchases(IapOptions iap) => new HostRecord()
        .Add("apple", new HostRecord()
            .Add("shared_password", iap.Apple.SharedPassword)
            .Add("notifications_endpoint_id", iap.Apple.NotificationsEndpointId))
        .Add("google", new HostRecord()
            .Add("client_email", iap.Google.ClientEmail)
            .Add("private_key", iap.Google.PrivateKey)
            .Add("notifications_endpoint_id", iap.Google.NotificationsEndpointId))
        .Add("huawei", new HostRecord()
            .Add("public_key", iap.Huawei.PublicKey)
            .Add("client_id", iap.Huawei.ClientId)
            .Add("client_secret", iap.Huawei.ClientSecret))
        .Add("facebook_instant", new HostRecord().Add("app_secret", iap.FacebookInstant.AppSecret))
        .Add("samsung", new HostRecord().Add("package_name", iap.Samsung.PackageName));
}
