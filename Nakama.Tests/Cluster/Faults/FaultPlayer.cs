using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster.Faults;

/// <summary>A player with a socket on one node.</summary>
public sealed class FaultPlayer : IAsyncDisposable
{
    private readonly HttpClient _http;

    private FaultPlayer(ServerProcess node, TestPlayer player, TestSocket socket)
    {
        (Player, Socket) = (player, socket);
        _http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{node.Host}:{node.Port}")), Timeout = TestSocket.Patience };
    }

    public TestPlayer Player { get; }

    public TestSocket Socket { get; }

    /// <summary>The match that it is in.</summary>
    public string Match { get; set; } = "";

    public static async Task<FaultPlayer> OpenAsync(ServerProcess node, TestPlayer? player = null)
    {
        player ??= await node.AuthenticateAsync();
        return new FaultPlayer(node, player, await node.OpenSocketAsync(player));
    }

    /// <summary>Sends to the others in its match.</summary>
    public Task SendAsync(int opCode) => Socket.SendAsync($$$"""{"match_data_send":{"match_id":"{{{Match}}}","op_code":"{{{opCode}}}"}}""");

    /// <summary>Receives what somebody else has sent to the match.</summary>
    public async Task<int> ReceiveAsync() =>
        int.Parse((await Socket.ReceiveAsync("match_data")).GetProperty("op_code").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Waits until other players have left the match.</summary>
    /// <returns>How many seconds that took.</returns>
    public async Task<double> SeesLeaveOfAsync(params IEnumerable<FaultPlayer> others)
    {
        var clock = Stopwatch.StartNew();
        var there = others.Select(static other => other.Player.UserId).ToHashSet();
        while (there.Count > 0)
        {
            var changed = await Socket.ReceiveAsync("match_presence_event");
            if (!changed.TryGetProperty("leaves", out var leaves)) continue;
            foreach (var left in leaves.EnumerateArray()) there.Remove(left.GetProperty("user_id").GetGuid());
        }

        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Looks for others to play with.</summary>
    /// <param name="count">With itself.</param>
    public async Task FindAsync(int count) => Assert.True((await Socket.AskAsync(Search(count))).TryGetProperty("matchmaker_ticket", out _));

    /// <summary>The same, if its node may close the socket meanwhile; the answer is not waited for.</summary>
    public async Task TryFindAsync(int count)
    {
        try
        {
            await Socket.SendAsync("{\"cid\":\"find\"," + Search(count) + "}");
        }
        catch (WebSocketException)
        {
            // It has.
        }
    }

    /// <summary>The token of the match that the matchmaker has found.</summary>
    public async Task<string> FoundAsync() => (await Socket.ReceiveAsync("matchmaker_matched")).GetProperty("token").GetString()!;

    /// <summary>Reads until the node closes the socket.</summary>
    /// <returns>The code of the close frame, and how many messages of a kind came before.</returns>
    public async Task<(int? Code, int Seen)> ReadToEndAsync(string message)
    {
        var seen = 0;
        while (await Socket.ReceiveBytesAsync() is { } bytes)
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.TryGetProperty(message, out _)) seen++;
        }

        return (Socket.CloseStatus, seen);
    }

    /// <summary>Stores an object by a request.</summary>
    /// <returns>Its version, or the code of the error.</returns>
    public async Task<(string? Version, int Code)> WriteAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v2/storage") { Headers = { Authorization = Player.Bearer } };
        request.Content = JsonContent.Create(new { objects = new[] { new { collection = "fault", key, value = $$"""{"key":"{{key}}"}""" } } });
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode ? (answer.GetProperty("acks")[0].GetProperty("version").GetString(), 0) : (null, answer.GetProperty("code").GetInt32());
    }

    /// <summary>The versions of stored objects by key, as this node reads them.</summary>
    public async Task<Dictionary<string, string>> ReadAsync(IEnumerable<string> keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/storage") { Headers = { Authorization = Player.Bearer } };
        request.Content = JsonContent.Create(new { object_ids = keys.Select(key => new { collection = "fault", key, user_id = Player.UserId }) });
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("objects").EnumerateArray()
            .ToDictionary(static found => found.GetProperty("key").GetString()!, static found => found.GetProperty("version").GetString()!);
    }

    /// <summary>The HTTP status of a request for its own account.</summary>
    public async Task<int> AskForAccountAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/account") { Headers = { Authorization = Player.Bearer } };
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <summary>Ends its session, as the game does when the player signs out.</summary>
    public async Task SignOutAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/session/logout") { Headers = { Authorization = Player.Bearer } };
        request.Content = JsonContent.Create(new { token = Player.Token, refresh_token = Player.RefreshToken });
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    private static string Search(int count) => string.Create(CultureInfo.InvariantCulture, $"\"matchmaker_add\":{{\"min_count\":{count},\"max_count\":{count},\"query\":\"*\"}}");

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return Socket.DisposeAsync();
    }
}
