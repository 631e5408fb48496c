using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Chat;

/// <summary>Words for what players do on sockets and with requests, shared by the tests of everything social.</summary>
internal static class ChatTable
{
    /// <summary>Joins a channel and returns its id.</summary>
    public static async Task<string> JoinAsync(this TestSocket socket, string target, int type = 1, string more = "")
    {
        var answer = await socket.AskAsync($$"""
            "channel_join":{"target":{{JsonSerializer.Serialize(target)}},"type":{{type}}{{more}}}
            """);
        return answer.GetProperty("channel").GetProperty("id").GetString()!;
    }

    /// <summary>Says something and returns the acknowledgement.</summary>
    public static async Task<JsonElement> SayAsync(this TestSocket socket, string channelId, string content) =>
        (await socket.AskAsync(Send(channelId, content))).GetProperty("channel_message_ack");

    public static string Send(string channelId, string content) =>
        $$"""
        "channel_message_send":{"channel_id":{{JsonSerializer.Serialize(channelId)}},"content":{{JsonSerializer.Serialize(content)}}}
        """;

    public static string Update(string channelId, string messageId, string content) =>
        $$"""
        "channel_message_update":{"channel_id":"{{channelId}}","message_id":"{{messageId}}","content":{{JsonSerializer.Serialize(content)}}}
        """;

    public static string Remove(string channelId, string messageId) =>
        $$"""
        "channel_message_remove":{"channel_id":"{{channelId}}","message_id":"{{messageId}}"}
        """;

    /// <summary>Asks for something that is refused, and returns the code and the text of the refusal.</summary>
    public static async Task<(int Code, string Text)> RefusalAsync(this TestSocket socket, string message)
    {
        var error = (await socket.AskAsync(message)).GetProperty("error");
        return (error.TryGetProperty("code", out var code) ? code.GetInt32() : 0, error.GetProperty("message").GetString()!);
    }

    /// <summary>What a player's request is answered with.</summary>
    public static async Task<(int Status, JsonElement Body)> RequestAsync(
        this TestServer server, TestPlayer player, string path, string verb = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        request.Headers.Authorization = player.Bearer;
        using var response = await server.Http.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    public static string Text(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var found) ? found.ToString() : "";
}
