using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Storage;

/// <summary>Storage requests of one player, and what their answers hold.</summary>
internal static class StorageCalls
{
    public static Task<ApiAnswer> WriteAsync(this TestServer server, TestPlayer player, params object[] objects) =>
        server.AsAsync(player.Token, "PUT /v2/storage", new { objects });

    public static Task<ApiAnswer> DeleteAsync(this TestServer server, TestPlayer player, params object[] object_ids) =>
        server.AsAsync(player.Token, "PUT /v2/storage/delete", new { object_ids });

    public static Task<ApiAnswer> ReadAsync(this TestServer server, TestPlayer player, string collection, Guid? owner, params string[] keys) =>
        server.AsAsync(player.Token, "POST /v2/storage", new
        {
            object_ids = keys.Select(key => new { collection, key, user_id = owner?.ToString() ?? "" }),
        });

    public static Task<ApiAnswer> ListAsync(
        this TestServer server, TestPlayer player, string collection, Guid? owner, int limit = 10, string cursor = "") =>
        server.AsAsync(player.Token, $"GET /v2/storage/{collection}?user_id={owner}&limit={limit}&cursor={cursor}");

    public static List<JsonElement> Acks(this ApiAnswer answer) => Items(answer.Ok(), "acks");

    public static List<JsonElement> Objects(this ApiAnswer answer) => Items(answer.Ok(), "objects");

    public static IEnumerable<string> Keys(this ApiAnswer answer) => answer.Objects().Select(item => item.GetProperty("key").GetString()!);

    public static string Version(this JsonElement item) => item.GetProperty("version").GetString()!;

    public static string Value(this JsonElement item) => item.GetProperty("value").GetString()!;

    private static List<JsonElement> Items(ApiAnswer answer, string name) =>
        answer.Body.TryGetProperty(name, out var items) ? [.. items.EnumerateArray()] : [];
}
