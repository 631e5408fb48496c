using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nakama.Server.Api;
using Nakama.Server.Cluster.Joining;
using Nakama.Server.Cluster.Links;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Database;
using Nakama.Server.Identity;
using Nakama.Server.Logging;
using Nakama.Server.Outbound;
using Nakama.Server.Purchases;
using Nakama.Server.Runtime;
using Nakama.Server.Satori;

namespace Nakama.Server.Config;

/// <summary>Collects everything that keeps a node from running, so that an operator mends it in one go.</summary>
public static partial class OptionsValidator
{
    private const string NotSet = "must be set";
    private const int MaxNameBytes = 16;
    private const int MfaKeyBytes = 32;
    private const int MaxPort = 65535;
    private const int MaxHistoryEntries = 10_000;
    private const int MaxRatePerSec = 1_000_000;

    public static IReadOnlyList<ConfigComplaint> Validate(NakamaOptions options)
    {
        var complaints = new Complaints(options);
        Logger(options.Logger, complaints);
        if (options.GoogleAuth.CredentialsJson.Length > 0 && !IsJson(options.GoogleAuth.CredentialsJson))
            complaints.Add("google_auth.credentials_json", "must be the JSON of an OAuth client");
        Database(options.Database, complaints);
        if (Encoding.UTF8.GetByteCount(options.Name) is < 1 or > MaxNameBytes)
            complaints.Add("name", "must be between 1 and 16 bytes long");
        complaints.AtLeast(0, "shutdown_grace_sec", "socket.max_connections", "socket.max_connections_per_address");
        Session(options, complaints);
        Console(options.Console, complaints);
        Socket(options.Socket, complaints);
        Runtime(options.Runtime, complaints);
        Social(options.Social, complaints);
        complaints.AtLeast(
            1, "match.input_queue_size", "match.call_queue_size", "match.signal_queue_size", "match.join_attempt_queue_size",
            "match.deferred_queue_size", "match.join_marker_deadline_ms", "match.label_update_interval_ms");
        complaints.AtLeast(0, "match.max_empty_sec");
        complaints.AtLeast(
            1, "tracker.event_queue_size", "leaderboard.callback_queue_size", "leaderboard.callback_queue_workers",
            "matchmaker.max_tickets", "matchmaker.interval_sec", "matchmaker.max_intervals");
        complaints.AtLeast(0, "matchmaker.rev_threshold", "matchmaker.max_adds_per_sec");
        complaints.AtLeast(1, "party.label_update_interval_ms", "storage.index_lucene_min_entries");
        Entrypoint(options.Runtime, complaints);
        foreach (var header in options.Socket.ResponseHeaders.Where(header => !header.Contains('=')))
            complaints.Add("socket.response_headers", $"Invalid response header value: {header}");
        foreach (var proxy in options.Socket.TrustedProxies.Where(static proxy => !AddressList.TryParse(proxy, out _)))
            complaints.Add("socket.trusted_proxies", $"must be addresses or networks: {proxy}");
        Tls(options.Socket, complaints);
        Iap(options.Iap, complaints);
        Satori(options.Satori, complaints);
        if (Encoding.UTF8.GetByteCount(options.Mfa.StorageEncryptionKey) is not (0 or MfaKeyBytes))
            complaints.Add("mfa.storage_encryption_key", "must be 32 bytes long");
        complaints.Range(0, MaxPort, "socket.port", "console.port", "metrics.prometheus_port", "cluster.port");
        if (options.Cluster.Enabled) Cluster(options, complaints);
        return complaints.All;
    }

    private static void Logger(LoggerOptions logger, Complaints complaints)
    {
        if (logger.Level.ToUpperInvariant() is not ("DEBUG" or "INFO" or "WARN" or "ERROR"))
            complaints.Add("logger.level", "must be one of debug, info, warn, error");
        if (logger.Format.ToUpperInvariant() is not ("" or "JSON" or "STACKDRIVER"))
            complaints.Add("logger.format", "must be json or stackdriver");
        if (logger.Rotation && logger.File.Length == 0)
            complaints.Add("logger.rotation", "Rotation is enabled but no log file was specified");
    }

    private static void Database(DatabaseOptions database, Complaints complaints)
    {
        if (database.Address.Count == 0) complaints.Add("database.address", "At least one database address must be specified");
        foreach (var address in database.Address)
        {
            try
            {
                DatabaseAddress.Parse(address);
            }
            catch (FormatException e)
            {
                complaints.Add("database.address", $"Bad database connection URL: {e.Message}");
            }
        }

        complaints.AtLeast(1, "database.dns_scan_interval_sec");
    }

    private static void Session(NakamaOptions options, Complaints complaints)
    {
        var session = options.Session;
        complaints.Present("socket.server_key", "session.encryption_key", "session.refresh_encryption_key");
        complaints.AtLeast(1, "session.token_expiry_sec", "session.refresh_token_expiry_sec");
        if (session.EncryptionKey == session.RefreshEncryptionKey)
            complaints.Add("session.encryption_key", "Encryption key and refresh token encryption cannot match");
        if (session is { SingleMatch: true, SingleSocket: false })
            complaints.Add("session.single_match", "Single match cannot be enabled without single socket");
        if (session is { SingleParty: true, SingleSocket: false })
            complaints.Add("session.single_party", "Single party cannot be enabled without single socket");
        complaints.Present("runtime.http_key");
    }

    private static void Console(ConsoleOptions console, Complaints complaints)
    {
        complaints.AtLeast(
            1, "console.max_message_size_bytes", "console.read_timeout_ms", "console.write_timeout_ms", "console.idle_timeout_ms", "console.import_max_bytes",
            "console.history.max_age_sec");
        complaints.Range(0, MaxHistoryEntries, "console.history.max_entries_per_object");
        if (!ConsoleUsername().IsMatch(console.Username))
            complaints.Add("console.username", "must start and end with a letter or digit and may hold dots and underscores");
        complaints.Present("console.password", "console.signing_key");
        foreach (var (flag, problem) in console.Oidc.FindProblems()) complaints.Add(flag, problem);
    }

    private static void Socket(SocketOptions socket, Complaints complaints)
    {
        complaints.AtLeast(1, "socket.close_ack_wait_ms");
        if (socket.Protocol is not ("tcp" or "tcp4" or "tcp6")) complaints.Add("socket.protocol", "must be one of tcp, tcp4, tcp6");
        complaints.AtLeast(
            1, "socket.max_message_size_bytes", "socket.max_request_size_bytes", "socket.read_buffer_size_bytes",
            "socket.write_buffer_size_bytes", "socket.read_timeout_ms", "socket.write_timeout_ms", "socket.idle_timeout_ms",
            "socket.write_wait_ms", "socket.pong_wait_ms", "socket.ping_period_ms", "socket.outgoing_queue_size");
        complaints.Range(
            0, MaxRatePerSec, "socket.max_requests_per_sec_per_address", "socket.max_requests_per_sec_per_user",
            "socket.max_requests_per_sec_per_connection", "socket.max_messages_per_sec_per_address",
            "socket.max_messages_per_sec_per_user", "socket.max_messages_per_sec_per_connection");
        if (socket.PingPeriodMs >= socket.PongWaitMs)
            complaints.Add("socket.ping_period_ms", "Ping period value must be less than pong wait value");
    }

    private static void Runtime(RuntimeOptions runtime, Complaints complaints)
    {
        foreach (var entry in runtime.Env.Where(entry => !entry.Contains('=')))
            complaints.Add("runtime.env", $"Invalid runtime environment value. {entry}");
        foreach (var entry in runtime.HttpDeniedAddresses.Where(static entry => entry.Length > 0 && !AddressList.TryParse(entry, out _)))
            complaints.Add("runtime.http_denied_addresses", $"{entry} is neither an address nor a network");
        complaints.AtLeast(0, "runtime.lua_min_count");
        complaints.AtLeast(1, "runtime.lua_max_count", "runtime.lua_call_stack_size");
        complaints.AtLeast(128, "runtime.lua_registry_size");
        if (runtime.LuaMinCount > runtime.LuaMaxCount)
            complaints.Add("runtime.lua_min_count", "must be at most runtime.lua_max_count");
        complaints.AtLeast(0, "runtime.js_min_count");
        complaints.AtLeast(1, "runtime.js_max_count");
        if (runtime.JsMinCount > runtime.JsMaxCount)
            complaints.Add("runtime.js_min_count", "must be at most runtime.js_max_count");
        complaints.AtLeast(100, "runtime.js_call_timeout_ms");
        complaints.AtLeast(16, "runtime.js_call_memory_mb");
        complaints.AtLeast(0, "runtime.js_retained_memory_mb");
        complaints.AtLeast(1, "runtime.call_queue_size", "runtime.call_queue_wait_ms", "runtime.event_queue_size", "runtime.event_queue_workers");
        complaints.AtLeast(1, "runtime.job_workers", "runtime.job_lease_sec", "runtime.job_timeout_sec");
    }

    private static void Social(SocialOptions social, Complaints complaints)
    {
        complaints.AtLeast(0, "social.facebook_instant_game.max_age_sec", "social.game_center.max_age_sec");
        complaints.WebAddress(
            "social.apple.address", "social.facebook.address", "social.facebook_limited_login.address", "social.steam.address",
            "google_auth.address");
        if (social.GameCenter.Address.Length > 0) complaints.WebAddress("social.game_center.address");
        if (social.GameCenter.Authorities.Length == 0) return;
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(social.GameCenter.Authorities);
            if (authorities.Count == 0) complaints.Add("social.game_center.authorities", "must be a PEM file with certificates");
            foreach (var authority in authorities) authority.Dispose();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            complaints.Add("social.game_center.authorities", $"must be a PEM file with certificates: {e.Message}");
        }
    }

    private static void Entrypoint(RuntimeOptions runtime, Complaints complaints)
    {
        if (runtime.JsEntrypoint.Length == 0) return;
        if (!runtime.JsEntrypoint.EndsWith(".js", StringComparison.Ordinal))
            complaints.Add("runtime.js_entrypoint", "JavaScript entrypoint must be a .js file");
        else if (!File.Exists(Path.Combine(runtime.Path, runtime.JsEntrypoint)))
            complaints.Add("runtime.js_entrypoint", "JavaScript entrypoint must be a file below runtime.path");
    }

    private static void Tls(SocketOptions socket, Complaints complaints)
    {
        if (socket.SslCertificate.Length == 0 && socket.SslPrivateKey.Length == 0) return;
        if (socket.SslCertificate.Length == 0 || socket.SslPrivateKey.Length == 0)
        {
            complaints.Add("socket.ssl_certificate", "SSL configuration invalid, specify both socket.ssl_certificate and socket.ssl_private_key");
            return;
        }

        try
        {
            X509Certificate2.CreateFromPemFile(socket.SslCertificate, socket.SslPrivateKey).Dispose();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            complaints.Add("socket.ssl_certificate", $"Error loading SSL certificate: {e.Message}");
        }
    }

    private static void Iap(IapOptions iap, Complaints complaints)
    {
        complaints.WebAddress(
            "iap.apple.receipt_address", "iap.apple.sandbox_receipt_address", "iap.google.address", "iap.google.token_address",
            "iap.huawei.order_address", "iap.huawei.app_touch_address", "iap.huawei.token_address", "iap.samsung.address");
        if (iap.Apple.RootCertificate.Length == 0) return;
        try
        {
            X509CertificateLoader.LoadCertificateFromFile(iap.Apple.RootCertificate).Dispose();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            complaints.Add("iap.apple.root_certificate", $"Error loading certificate: {e.Message}");
        }
    }

    private static void Cluster(NakamaOptions options, Complaints complaints)
    {
        var cluster = options.Cluster;
        int[] ownPorts = [options.Socket.Port, options.Socket.Port - 1, options.Console.Port, options.Console.Port - 3];
        if (cluster.Port > 0 && ownPorts.Contains(cluster.Port)) complaints.Add("cluster.port", "must differ from the other ports of the node");
        if (cluster.Host.Length > 0 && Uri.CheckHostName(cluster.Host) == UriHostNameType.Unknown)
            complaints.Add("cluster.host", "must be a host name or an address");
        if (cluster.Address.Length > 0 && !IPAddress.TryParse(cluster.Address, out _)) complaints.Add("cluster.address", "must be an address");
        if (cluster.Secret.Length > 0 && Encoding.UTF8.GetByteCount(cluster.Secret) < ClusterSecret.MinBytes)
            complaints.Add("cluster.secret", $"must be at least {ClusterSecret.MinBytes} bytes long");
        foreach (var entry in cluster.Join.Where(static entry => !JoinAddress.TryParse(entry, out _)))
            complaints.Add("cluster.join", $"must be addresses, dns:name or kubernetes: {entry}");
        string[] files = [cluster.SslCertificate, cluster.SslPrivateKey, cluster.SslAuthority];
        if (files.All(static file => file.Length == 0)) return;
        if (files.Any(static file => file.Length == 0))
        {
            complaints.Add("cluster.ssl_certificate", "specify cluster.ssl_certificate, cluster.ssl_private_key and cluster.ssl_authority together");
            return;
        }

        try
        {
            using var certificates = ClusterCertificates.Load(cluster);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            complaints.Add("cluster.ssl_certificate", $"Error loading the certificates of the cluster: {e.Message}");
        }
    }

    private static void Satori(SatoriOptions satori, Complaints complaints)
    {
        if (satori.Url.Length > 0)
        {
            if (!Uri.TryCreate(satori.Url, UriKind.Absolute, out _)) complaints.Add("satori.url", "Satori URL is invalid");
            foreach (var (name, value) in ((string, string)[])[("api_key_name", satori.ApiKeyName), ("api_key", satori.ApiKey), ("signing_key", satori.SigningKey)])
            {
                if (value.Length == 0) complaints.Add($"satori.{name}", $"Satori configuration incomplete: {name} not set");
            }
        }
        else if (satori.ApiKeyName.Length > 0 || satori.ApiKey.Length > 0 || satori.SigningKey.Length > 0 || satori.ServerKey.Length > 0)
        {
            complaints.Add("satori.url", "Satori configuration incomplete: url not set");
        }

        if (satori.CacheMode is not ("context" or "time")) complaints.Add("satori.cache_mode", "must be context or time");
        complaints.AtLeast(1, "satori.cache_ttl_sec", "satori.http_timeout_ms");
        complaints.Range(0, 3, "satori.retry_count");
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9._].*[a-zA-Z0-9]\z")]
    private static partial Regex ConsoleUsername();

    /// <summary>The list that grows, and the rules that many flags share.</summary>
    private sealed class Complaints(NakamaOptions options)
    {
        private readonly List<ConfigComplaint> _all = [];

        public IReadOnlyList<ConfigComplaint> All => _all;

        public void Add(string param, string message) => _all.Add(new ConfigComplaint(param, message));

        public void AtLeast(int minimum, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if ((int)FlagTable.ByName[name].Get(options)! < minimum) Add(name, $"must be >= {minimum}");
            }
        }

        public void Range(int minimum, int maximum, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                var value = (int)FlagTable.ByName[name].Get(options)!;
                if (value < minimum || value > maximum) Add(name, $"must be between {minimum} and {maximum}");
            }
        }

        public void WebAddress(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (!Uri.TryCreate((string)FlagTable.ByName[name].Get(options)!, UriKind.Absolute, out var address)
                    || address.Scheme is not ("https" or "http") || address.Query.Length > 0)
                {
                    Add(name, "must be an address that begins with https:// or http://");
                }
            }
        }

        public void Present(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (FlagTable.ByName[name].Get(options) is "") Add(name, NotSet);
            }
        }
    }
}
