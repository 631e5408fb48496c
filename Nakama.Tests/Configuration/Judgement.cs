using System.Text.Json;
using Nakama.Server.Config;

namespace Nakama.Tests.Configuration;

public sealed class Judgement
{
    private static readonly NakamaOptions Fine = new();

    [Fact]
    public void The_defaults_are_fine() => Assert.Empty(OptionsValidator.Validate(Fine));

    [Fact]
    public void All_complaints_come_at_once_and_in_order()
    {
        var options = Fine with
        {
            Name = "",
            Database = Fine.Database with { Address = [], DnsScanIntervalSec = 0 },
            Socket = Fine.Socket with { PingPeriodMs = 25000, ResponseHeaders = ["nothing"] },
            Session = Fine.Session with { RefreshEncryptionKey = "defaultencryptionkey", SingleMatch = true },
            Runtime = Fine.Runtime with { LuaRegistrySize = 127, LuaMinCount = 49, Env = ["nothing"] },
            Mfa = Fine.Mfa with { StorageEncryptionKey = "short" },
        };

        Assert.Equal(
            [
                "database.address", "database.dns_scan_interval_sec", "name", "session.encryption_key", "session.single_match",
                "socket.ping_period_ms", "runtime.env", "runtime.lua_registry_size", "runtime.lua_min_count", "socket.response_headers",
                "mfa.storage_encryption_key",
            ],
            OptionsValidator.Validate(options).Select(complaint => complaint.Param));
    }

    public static TheoryData<string, NakamaOptions> Wrong => new()
    {
        { "logger.level", Fine with { Logger = Fine.Logger with { Level = "loud" } } },
        { "logger.format", Fine with { Logger = Fine.Logger with { Format = "xml" } } },
        { "logger.rotation", Fine with { Logger = Fine.Logger with { Rotation = true } } },
        { "google_auth.credentials_json", Fine with { GoogleAuth = Fine.GoogleAuth with { CredentialsJson = "{" } } },
        { "database.address", Fine with { Database = Fine.Database with { Address = ["mysql://a@b"] } } },
        { "name", Fine with { Name = "seventeen-letters" } },
        { "shutdown_grace_sec", Fine with { ShutdownGraceSec = -1 } },
        { "socket.server_key", Fine with { Socket = Fine.Socket with { ServerKey = "" } } },
        { "session.token_expiry_sec", Fine with { Session = Fine.Session with { TokenExpirySec = 0 } } },
        { "session.single_party", Fine with { Session = Fine.Session with { SingleParty = true } } },
        { "console.username", Fine with { Console = Fine.Console with { Username = "-no-" } } },
        { "console.oidc.issuer", Fine with { Console = Fine.Console with { Oidc = new() { Issuer = "http://issuer.example.com", ClientId = "c" } } } },
        { "console.oidc.client_id", Fine with { Console = Fine.Console with { Oidc = new() { Issuer = "https://issuer.example.com" } } } },
        { "console.oidc.role_templates", Fine with { Console = Fine.Console with { Oidc = new() { RoleTemplates = ["support"] } } } },
        { "console.oidc.only", Fine with { Console = Fine.Console with { Oidc = new() { Only = true } } } },
        { "socket.protocol", Fine with { Socket = Fine.Socket with { Protocol = "udp" } } },
        { "match.input_queue_size", Fine with { Match = Fine.Match with { InputQueueSize = 0 } } },
        { "runtime.js_entrypoint", Fine with { Runtime = Fine.Runtime with { JsEntrypoint = "index.ts" } } },
        { "socket.ssl_certificate", Fine with { Socket = Fine.Socket with { SslPrivateKey = "key.pem" } } },
        { "satori.url", Fine with { Satori = Fine.Satori with { ApiKey = "x" } } },
        { "satori.url", Fine with { Satori = Fine.Satori with { ServerKey = "x" } } },
        { "satori.retry_count", Fine with { Satori = Fine.Satori with { RetryCount = 4 } } },
        { "social.apple.address", Fine with { Social = Fine.Social with { Apple = Fine.Social.Apple with { Address = "appleid.apple.com" } } } },
        { "google_auth.address", Fine with { GoogleAuth = Fine.GoogleAuth with { Address = "" } } },
        { "social.game_center.max_age_sec", Fine with { Social = Fine.Social with { GameCenter = new() { MaxAgeSec = -1 } } } },
        { "social.game_center.authorities", Fine with { Social = Fine.Social with { GameCenter = new() { Authorities = "nowhere.pem" } } } },
        { "social.game_center.address", Fine with { Social = Fine.Social with { GameCenter = new() { Address = "ftp://a" } } } },
        { "iap.google.address", Fine with { Iap = new() { Google = new() { Address = "play" } } } },
        { "iap.samsung.address", Fine with { Iap = new() { Samsung = new() { Address = "ftp://a" } } } },
        { "iap.apple.root_certificate", Fine with { Iap = new() { Apple = new() { RootCertificate = "nowhere.pem" } } } },
        { "socket.port", Fine with { Socket = Fine.Socket with { Port = 65536 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_cannot_run_is_refused(string param, NakamaOptions options) =>
        Assert.Equal(param, Assert.Single(OptionsValidator.Validate(options)).Param);

    [Fact]
    public void Secrets_that_everyone_knows_are_warned_about()
    {
        Assert.Equal(
            [
                "console.username", "console.password", "console.signing_key", "socket.server_key", "session.encryption_key",
                "session.refresh_encryption_key", "runtime.http_key",
            ],
            ConfigWarnings.For(Fine).Select(warning => warning.Field));
        Assert.Equal("Insecure default parameter value, change this for production!", ConfigWarnings.For(Fine)[0].Message);
        Assert.DoesNotContain(
            ConfigWarnings.For(Fine with { Socket = Fine.Socket with { ServerKey = "mine" } }), warning => warning.Field == "socket.server_key");
    }

    [Fact]
    public void Old_names_and_direct_encryption_are_warned_about()
    {
        var options = Fine with
        {
            Runtime = Fine.Runtime with { MinCount = 1, ReadOnlyGlobals = false },
            Socket = Fine.Socket with { SslCertificate = "c", SslPrivateKey = "k" },
        };

        Assert.Equal(
            ["runtime.min_count", "runtime.read_only_globals", "socket.ssl_certificate", "socket.ssl_private_key"],
            ConfigWarnings.For(options).Skip(7).Select(warning => warning.Field));
    }

    [Fact]
    public void Operators_see_the_settings_without_the_secrets_of_others()
    {
        var options = Fine with
        {
            Database = Fine.Database with { Address = ["root:hidden@db:26257/nakama?sslmode=require", "Host=h;Password=hidden"] },
            Iap = Fine.Iap with { Google = Fine.Iap.Google with { PrivateKey = "hidden" } },
            Session = Fine.Session with { EncryptionKey = "shown" },
        };

        var text = ConfigJson.Write(options);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;

        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Assert.Equal("root:REDACTED@db:26257/nakama?sslmode=require", root.GetProperty("database").GetProperty("address")[0].GetString());
        Assert.Equal("REDACTED", root.GetProperty("console").GetProperty("password").GetString());
        Assert.Equal("REDACTED", root.GetProperty("iap").GetProperty("google").GetProperty("private_key").GetString());
        Assert.Equal("", root.GetProperty("iap").GetProperty("huawei").GetProperty("client_secret").GetString());
        Assert.Equal("shown", root.GetProperty("session").GetProperty("encryption_key").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("party").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("config").ValueKind);
        Assert.False(root.TryGetProperty("limit", out _));
        Assert.True(root.GetProperty("console").TryGetProperty("mfa", out _));
    }
}
