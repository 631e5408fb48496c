using Nakama.Server.Identity;
using Nakama.Server.Purchases;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Config;

/// <summary>The settings that modules may read.</summary>
internal sealed class ConfigFunctions(NakamaOptions options) : IFunctionModule
{
    public string Name => "Configuration";

    public void Describe(FunctionGroup functions) =>
        functions.Function("get_config", "The settings that modules may see, secrets of the game included.")
            .Returns("config").OnlyInLua().Does(_ => ScriptValue.Of(Read()));

    private ScriptRecord Read() => new ScriptRecord() { HasForeignNames = true }
        .Add("name", options.Name)
        .Add("shutdown_grace_sec", options.ShutdownGraceSec)
        .Add("logger", new ScriptRecord() { HasForeignNames = true }.Add("level", options.Logger.Level))
        .Add("session", OfSession(options.Session))
        .Add("socket", new ScriptRecord() { HasForeignNames = true }
            .Add("server_key", options.Socket.ServerKey)
            .Add("port", options.Socket.Port)
            .Add("address", options.Socket.Address)
            .Add("protocol", options.Socket.Protocol))
        .Add("social", OfSocial(options.Social))
        .Add("runtime", new ScriptRecord() { HasForeignNames = true }
            .Add("env", ScriptValue.Of(options.Runtime.Env.Select(static entry => ScriptValue.Of(entry)).ToList()))
            .Add("http_key", options.Runtime.HttpKey))
        .Add("iap", OfPurchases(options.Iap))
        .Add("google_auth", new ScriptRecord() { HasForeignNames = true }.Add("credentials_json", options.GoogleAuth.CredentialsJson))
        .Add("satori", new ScriptRecord() { HasForeignNames = true }
            .Add("url", options.Satori.Url)
            .Add("api_key_name", options.Satori.ApiKeyName)
            .Add("api_key", options.Satori.ApiKey)
            .Add("signing_key", options.Satori.SigningKey));

    private static ScriptRecord OfSession(SessionOptions session) => new ScriptRecord() { HasForeignNames = true }
        .Add("encryption_key", session.EncryptionKey)
        .Add("token_expiry_sec", session.TokenExpirySec)
        .Add("refresh_encryption_key", session.RefreshEncryptionKey)
        .Add("refresh_token_expiry_sec", session.RefreshTokenExpirySec)
        .Add("single_socket", session.SingleSocket)
        .Add("single_match", session.SingleMatch)
        .Add("single_party", session.SingleParty)
        .Add("single_session", session.SingleSession);

    private static ScriptRecord OfSocial(SocialOptions social) => new ScriptRecord() { HasForeignNames = true }
        .Add("steam", new ScriptRecord() { HasForeignNames = true }.Add("publisher_key", social.Steam.PublisherKey).Add("app_id", social.Steam.AppId))
        .Add("facebook_instant_game", new ScriptRecord() { HasForeignNames = true }.Add("app_secret", social.FacebookInstantGame.AppSecret))
        .Add("facebook_limited_login", new ScriptRecord() { HasForeignNames = true }.Add("app_id", social.FacebookLimitedLogin.AppId))
        .Add("apple", new ScriptRecord() { HasForeignNames = true }.Add("bundle_id", social.Apple.BundleId));

    private static ScriptRecord OfPurchases(IapOptions iap) => new ScriptRecord() { HasForeignNames = true }
        .Add("apple", new ScriptRecord() { HasForeignNames = true }
            .Add("shared_password", iap.Apple.SharedPassword)
            .Add("notifications_endpoint_id", iap.Apple.NotificationsEndpointId))
        .Add("google", new ScriptRecord() { HasForeignNames = true }
            .Add("client_email", iap.Google.ClientEmail)
            .Add("private_key", iap.Google.PrivateKey)
            .Add("notifications_endpoint_id", iap.Google.NotificationsEndpointId))
        .Add("huawei", new ScriptRecord() { HasForeignNames = true }
            .Add("public_key", iap.Huawei.PublicKey)
            .Add("client_id", iap.Huawei.ClientId)
            .Add("client_secret", iap.Huawei.ClientSecret))
        .Add("facebook_instant", new ScriptRecord() { HasForeignNames = true }.Add("app_secret", iap.FacebookInstant.AppSecret))
        .Add("samsung", new ScriptRecord() { HasForeignNames = true }.Add("package_name", iap.Samsung.PackageName));
}
