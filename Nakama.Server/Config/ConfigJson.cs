using System.Collections;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;
using Nakama.Server.ConsoleApi;
using Nakama.Server.Database;

namespace Nakama.Server.Config;

/// <summary>The settings in effect as operators see them, secrets that belong to other systems removed.</summary>
public static class ConfigJson
{
    private const string Redacted = "REDACTED";

    private static readonly HashSet<string> Secrets =
    [
        "console.signing_key", "console.password", "google_auth.credentials_json", "iap.google.private_key",
        "iap.apple.shared_password", "iap.huawei.client_secret", "social.facebook_instant_game.app_secret",
        "iap.facebook_instant.app_secret", "cluster.secret",
    ];

    /// <summary>Shown as null, as the reference server does; tools read the shape.</summary>
    private static readonly HashSet<string> Hidden = ["config", "party"];

    public static string Write(NakamaOptions options)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JsonTextEncoder.HtmlSafe }))
            WriteSection(json, options, "");
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteSection(Utf8JsonWriter json, object section, string prefix)
    {
        json.WriteStartObject();
        foreach (var property in section.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var key = FlagTable.SnakeCase(property.Name);
            var name = prefix + key;
            if (name == "limit") continue;
            if (name == "console.disable_display_name_search") WriteUnusedMfa(json);
            json.WritePropertyName(key);
            if (Hidden.Contains(name)) json.WriteNullValue();
            else if (FlagTable.IsSection(property)) WriteSection(json, property.GetValue(section)!, name + ".");
            else WriteValue(json, name, property.GetValue(section));
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(Secrets.Contains(name) && (text.Length > 0 || IsAlwaysRedacted(name)) ? Redacted : text);
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (string item in list)
                    json.WriteStringValue(name == "database.address" ? DatabaseAddress.Mask(item, Redacted) : item);
                json.WriteEndArray();
                break;
        }
    }

    private static bool IsAlwaysRedacted(string name) => name is "console.signing_key" or "console.password";

    /// <summary>Flags that are accepted without effect still have their place.</summary>
    private static void WriteUnusedMfa(Utf8JsonWriter json)
    {
        json.WriteStartObject("mfa");
        json.WriteString("storage_encryption_key", new MfaOptions().StorageEncryptionKey);
        json.WriteBoolean("admin_account_enabled", false);
        json.WriteEndObject();
    }
}
