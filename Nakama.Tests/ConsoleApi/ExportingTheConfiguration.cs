using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Config;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleApi;

public sealed partial class ExportingTheConfiguration(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Path = "/v2/console/live/setting/export";
    private const string MayRead = """{"admin": false, "acl": {"CONFIGURATION": {"read": true}}}""";

    private static readonly string[] Odd = ["plain", "", "~", "true", "7", "it's \"quoted\" \\ back", "two\nlines\ttab", " - : # {}", "ключ 🗝", "\u0001"];

    [Theory]
    [InlineData("yaml", false)]
    [InlineData("yaml", true)]
    [InlineData("json", false)]
    [InlineData("json", true)]
    public void A_node_that_is_started_with_the_file_has_the_same_settings(string format, bool withDefaults)
    {
        var options = Read(
            "--name", "n-1", "--socket.port", "7400", "--socket.server_key", "a key", "--session.single_socket=true", "--runtime.min_count", "3", "--data_dir", "/srv/data",
            "--database.address", "u:p@h:1/d?sslmode=disable", "--runtime.env", "B=two=2", "--runtime.env", "A=1", "--google_auth.credentials_json", """{"web": {"client_id": "x"}}""",
            "--runtime.http_denied_addresses", "", "--console.username", "boss").Options;

        var copy = FromFile(Write(options, format, withDefaults, withSecrets: true));

        AssertSame(options, copy);
    }

    [Fact]
    public void Any_text_survives_the_file()
    {
        foreach (var text in Odd)
        {
            var options = new NakamaOptions();
            options = options with { Metrics = options.Metrics with { Namespace = text }, Socket = options.Socket with { ResponseHeaders = Odd }, DataDir = "/d" };

            var copy = FromFile(Write(options, "yaml", withDefaults: false, withSecrets: true));

            Assert.Equal(text, copy.Metrics.Namespace);
            Assert.Equal(Odd, copy.Socket.ResponseHeaders);
        }
    }

    [Fact]
    public void Without_secrets_the_copy_differs_only_in_those_that_are_named()
    {
        // A value of its own for each setting that has a text.
        var options = new NakamaOptions();
        foreach (var flag in FlagTable.ByName.Values.Where(static flag => flag.Kind == FlagKind.Text && !flag.IsIgnored)) flag.Set(options, $"own {flag.Name}");
        FlagTable.ByName["database.address"].Set(options, (string[])["u:topsecret@h/d?sslpassword=topsecret"]);
        FlagTable.ByName["runtime.env"].Set(options, (string[])["KEY=topsecret"]);
        var withheld = new List<string>();

        var text = Write(options, "yaml", withDefaults: true, withSecrets: false, withheld);

        Assert.DoesNotContain("topsecret", text, StringComparison.Ordinal);
        var copy = FromFile(text);
        foreach (var flag in FlagTable.ByName.Values.Where(static flag => !flag.IsIgnored && flag.Name != "config"))
        {
            if (withheld.Contains(flag.Name)) Assert.NotEqual(flag.Get(options), flag.Get(copy));
            else AssertSame(flag, options, copy);
        }
    }

    [Fact]
    public void Every_setting_whose_name_sounds_like_a_secret_is_one_or_is_known_not_to_be()
    {
        string[] harmless =
        [
            "console.token_expiry_sec", "session.token_expiry_sec", "session.refresh_token_expiry_sec", "iap.google.token_address", "iap.huawei.token_address",
            // Paths, names, and what everybody may have.
            "socket.ssl_private_key", "cluster.ssl_private_key", "iap.huawei.public_key", "satori.api_key_name",
        ];

        var doubtful = FlagTable.ByName.Keys.Where(static name => !FlagTable.ByName[name].IsIgnored && SoundsSecret().IsMatch(name) && !ConfigSecrets.Contains(name));

        Assert.Equal(harmless.Order(StringComparer.Ordinal), doubtful.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Reading_the_configuration_is_enough_for_a_file_without_secrets_and_the_log_tells_of_it()
    {
        var (reader, name) = await ConsoleCaller.CreateAsync(fixture.Server, MayRead);

        var (status, file) = await reader.PostAsync(Path, new { format = "yaml", with_defaults = true });

        Assert.Equal(HttpStatusCode.OK, status);
        var content = file.GetProperty("content").GetString()!;
        Assert.Equal(fixture.Server.Options.Socket.Port, FromFile(content).Socket.Port);
        Assert.DoesNotContain("defaultsigningkey", content, StringComparison.Ordinal);
        Assert.Contains("console.signing_key", file.GetProperty("withheld").EnumerateArray().Select(static item => item.GetString()));
        Assert.Equal(("EXPORT", "CONFIGURATION", "configuration exported"), await AuditedAsync(name));
    }

    [Fact]
    public async Task A_file_with_secrets_is_for_operators_with_all_rights()
    {
        var (reader, name) = await ConsoleCaller.CreateAsync(fixture.Server, MayRead);
        using var admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

        var (refused, _) = await reader.PostAsync(Path, new { with_secrets = true });
        var (given, file) = await admin.PostAsync(Path, new { with_secrets = true, with_defaults = true, format = "json" });

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused, given));
        Assert.Null(await AuditedAsync(name));
        Assert.Empty(file.GetProperty("withheld").EnumerateArray());
        var console = JsonSerializer.Deserialize<JsonElement>(file.GetProperty("content").GetString()!).GetProperty("console");
        Assert.Equal("defaultsigningkey", console.GetProperty("signing_key").GetString());
    }

    [Fact]
    public async Task Nobody_else_gets_a_file_and_no_other_form_exists()
    {
        var (other, _) = await ConsoleCaller.CreateAsync(fixture.Server, """{"admin": false, "acl": {"ACCOUNT": {"read": true, "write": true, "delete": true}}}""");
        using var admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(Path, new { })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync(Path, new { format = "toml" })).Status);
    }

    private async Task<(string, string, string)?> AuditedAsync(string username)
    {
        await using var command = fixture.Server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT action, resource, message FROM console_audit_log WHERE console_username = $1");
        command.Parameters.AddWithValue(username);
        await using var row = await command.ExecuteReaderAsync();
        return await row.ReadAsync() ? (row.GetString(0), row.GetString(1), row.GetString(2)) : null;
    }

    private static string Write(NakamaOptions options, string format, bool withDefaults, bool withSecrets, List<string>? withheld = null)
    {
        var settings = ConfigFileWriter.Collect(options, ConfigSources.OfProgram, withDefaults, withSecrets, withheld ?? []);
        return format == "json" ? ConfigFileWriter.ToJson(settings) : ConfigFileWriter.ToYaml(settings, ["A comment"]);
    }

    private static NakamaOptions FromFile(string text)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            var reading = Read("--config", file);
            Assert.Empty(reading.UnknownKeys);
            return reading.Options;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ConfigReading Read(params string[] args) => ConfigReader.Read(args, new Hashtable());

    private static void AssertSame(NakamaOptions expected, NakamaOptions actual)
    {
        foreach (var flag in FlagTable.ByName.Values.Where(static flag => !flag.IsIgnored && flag.Name != "config")) AssertSame(flag, expected, actual);
    }

    private static void AssertSame(Flag flag, NakamaOptions expected, NakamaOptions actual) =>
        Assert.True(JsonSerializer.Serialize(flag.Get(expected)) == JsonSerializer.Serialize(flag.Get(actual)), flag.Name);

    [GeneratedRegex("key|secret|password|token|credential|env$")]
    private static partial Regex SoundsSecret();
}
