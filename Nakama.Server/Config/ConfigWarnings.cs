using Nakama.Server.Runtime;

namespace Nakama.Server.Config;

/// <summary>What an operator is told at every start and in the console.</summary>
public static class ConfigWarnings
{
    private const string Insecure = "Insecure default parameter value, change this for production!";
    private const string Deprecated = "Deprecated configuration parameter";

    private const string DirectTls =
        "Enabling direct SSL termination is not recommended, use an SSL-capable proxy or load balancer for production!";

    private static readonly NakamaOptions Defaults = new();

    private static readonly string[] Secrets =
    [
        "console.username", "console.password", "console.signing_key", "socket.server_key",
        "session.encryption_key", "session.refresh_encryption_key", "runtime.http_key",
    ];

    public static IReadOnlyList<ConfigWarning> For(NakamaOptions options)
    {
        var warnings = new List<ConfigWarning>();
        warnings.AddRange(DefaultSecrets(options).Select(secret => new ConfigWarning(secret, Insecure)));
        WhenDeprecated(options.Runtime, warnings);
        if (options.Socket.SslCertificate.Length > 0) warnings.Add(new("socket.ssl_certificate", DirectTls));
        if (options.Socket.SslPrivateKey.Length > 0) warnings.Add(new("socket.ssl_private_key", DirectTls));
        return warnings;
    }

    /// <summary>The settings that keep others out and still have the value that everybody knows.</summary>
    public static IEnumerable<string> DefaultSecrets(NakamaOptions options) =>
        Secrets.Where(secret => FlagTable.ByName[secret] is var flag && Equals(flag.Get(options), flag.Get(Defaults)));

    private static void WhenDeprecated(RuntimeOptions runtime, List<ConfigWarning> warnings)
    {
        if (runtime.MinCount != 0) warnings.Add(new("runtime.min_count", Deprecated));
        if (runtime.MaxCount != 0) warnings.Add(new("runtime.max_count", Deprecated));
        if (runtime.CallStackSize != 0) warnings.Add(new("runtime.call_stack_size", Deprecated));
        if (runtime.RegistrySize != 0) warnings.Add(new("runtime.registry_size", Deprecated));
        if (!runtime.ReadOnlyGlobals) warnings.Add(new("runtime.read_only_globals", Deprecated));
    }
}
