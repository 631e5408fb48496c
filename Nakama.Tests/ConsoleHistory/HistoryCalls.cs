using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;
using Npgsql;

namespace Nakama.Tests.ConsoleHistory;

/// <summary>What operators ask the history for.</summary>
internal static class HistoryCalls
{
    public const string NoUser = "00000000-0000-0000-0000-000000000000";

    /// <summary>The entries of an object, the newest first.</summary>
    public static async Task<List<JsonElement>> HistoryAsync(this ConsoleCaller caller, string key, params string[] kinds)
    {
        var (status, list) = await caller.GetAsync($"/v2/console/history?key={Uri.EscapeDataString(key)}{string.Concat(kinds.Select(static kind => $"&kinds={kind}"))}");
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. list.GetProperty("entries").EnumerateArray()];
    }

    /// <summary>What is kept of an entry: the two states, each null when there was no object.</summary>
    public static async Task<(JsonElement? Before, JsonElement? After)> StatesAsync(this ConsoleCaller caller, JsonElement entry)
    {
        var (status, detail) = await caller.GetAsync($"/v2/console/history/{entry.Text("id")}");
        Assert.Equal(HttpStatusCode.OK, status);
        return (State("before"), State("after"));

        JsonElement? State(string name)
        {
            var state = detail.GetProperty(name);
            return state.GetProperty("exists").GetBoolean() ? JsonSerializer.Deserialize<JsonElement>(state.Text("json")) : null;
        }
    }

    public static Task<(HttpStatusCode Status, JsonElement Body)> RevertAsync(this ConsoleCaller caller, JsonElement entry, bool force = false, string digest = "") =>
        caller.PostAsync($"/v2/console/history/{entry.Text("id")}/revert", new { force, present_digest = digest });

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string[] Names(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static item => item.GetString()!)];

    public static async Task<object?> ScalarAsync(this TestServer server, string sql, params object[] values)
    {
        await using var command = server.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteScalarAsync();
    }

    public static async Task<HttpStatusCode> ImportStorageAsync(this ConsoleCaller caller, string json)
    {
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var form = new MultipartFormDataContent { { file, "objects.json", "objects.json" } };
        using var response = await caller.Http.PostAsync(new Uri("/v2/console/storage/import", UriKind.Relative), form);
        return response.StatusCode;
    }
}
