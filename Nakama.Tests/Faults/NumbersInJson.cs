using System.Net;
using Nakama.Tests.Authentication;
using Nakama.Tests.Leaderboards;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Faults;

/// <summary>
/// Numbers that the database would return with many thousands of digits, wherever a client may write JSON: rejected with
/// code 3, and nothing is stored.
/// </summary>
public sealed class NumbersInJson : IAsyncLifetime
{
    private const string Hostile = """{"a":[1e131000,1e-131000]}""";

    private TestServer _server = null!;
    private TestPlayer _anna = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _anna = await _server.AuthenticateAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task In_a_storage_object()
    {
        var item = new { collection = "numbers", key = "k", value = Hostile };
        Refused(await _server.AsAsync(_anna.Token, "PUT /v2/storage", new { objects = new[] { item } }));

        var stored = await _server.AsAsync(_anna.Token, $"GET /v2/storage/numbers?user_id={_anna.UserId}");
        Assert.False(stored.Body.TryGetProperty("objects", out _));
    }

    [Fact]
    public async Task In_the_metadata_of_a_score()
    {
        await _server.CreateBoardAsync(draft => draft with { Id = "numbers" });

        Refused(await _server.AsAsync(_anna.Token, "POST /v2/leaderboard/numbers", new { score = "1", metadata = Hostile }));
    }

    [Fact]
    public async Task In_the_metadata_of_a_friend()
    {
        var ben = await _server.AuthenticateAsync();

        Refused(await _server.AsAsync(_anna.Token, $"POST /v2/friend?ids={ben.UserId}&metadata={Uri.EscapeDataString(Hostile)}"));
        Assert.False((await _server.AsAsync(_anna.Token, "GET /v2/friend")).Body.TryGetProperty("friends", out _));
    }

    [Fact]
    public async Task In_a_message_of_a_channel()
    {
        await using var socket = await _server.OpenSocketAsync(_anna);
        var joined = await socket.AskAsync("\"channel_join\":{\"type\":1,\"target\":\"numbers\"}");
        var channel = joined.GetProperty("channel").GetProperty("id").GetString();

        var answer = await socket.AskAsync($$"""
            "channel_message_send":{"channel_id":"{{channel}}","content":{{System.Text.Json.JsonSerializer.Serialize(Hostile)}}}
            """);

        Assert.Equal(3, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    private static void Refused(ApiAnswer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(3, answer.Body.GetProperty("code").GetInt32());
    }
}
