namespace Nakama.Server.Config;

/// <summary>The settings that keep others out, and therefore are in no file that is passed on.</summary>
public static class ConfigSecrets
{
    /// <summary>The setting of which only a part, the password, is secret.</summary>
    internal const string Address = "database.address";

    private static readonly HashSet<string> Names =
    [
        "cluster.secret", "console.password", "console.signing_key", "google_auth.credentials_json", "iap.apple.notifications_endpoint_id", "iap.apple.shared_password",
        "iap.facebook_instant.app_secret", "iap.google.notifications_endpoint_id", "iap.google.private_key", "iap.huawei.client_secret",
        "mfa.storage_encryption_key", "runtime.http_key", "satori.api_key", "satori.server_key", "satori.signing_key", "session.encryption_key",
        "session.refresh_encryption_key", "social.facebook_instant_game.app_secret", "social.steam.publisher_key", "socket.server_key",
        // What modules are given is often a key to something.
        "runtime.env",
    ];

    /// <summary>Whether a setting as a whole is secret.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
