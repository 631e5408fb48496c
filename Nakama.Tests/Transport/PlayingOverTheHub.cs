using System.Text.Json;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Transport;

/// <summary>Matches, parties and matchmaking through the hub with its usual JavaScript client, in both of its protocols.</summary>
public sealed class PlayingOverTheHub : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await TestServer.StartAsync(options => options with { Matchmaker = options.Matchmaker with { IntervalSec = 1 } });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public async Task Two_players_meet_talk_and_part_with_every_message_there_is(string protocol)
    {
        var (anna, ben) = (await _server.AuthenticateAsync(), await _server.AuthenticateAsync());

        using var told = JsonDocument.Parse(await NodeScripts.RunAsync(
            "signalr-match.js", _server.Http.BaseAddress!.ToString().TrimEnd('/'), anna.Token, ben.Token, protocol, Unique.Name()));
        var story = told.RootElement;

        Assert.Equal($$"""{"size":1,"others":1,"self":"{{ben.Username}}"}""", story.GetProperty("match").GetRawText());
        Assert.Equal($$"""{"code":7,"bytes":[1,2,255],"reliable":true,"from":"{{anna.UserId}}"}""", story.GetProperty("data").GetRawText());
        Assert.Equal(Enumerable.Range(0, 20), story.GetProperty("streamed").EnumerateArray().Select(value => value.GetInt32()));
        Assert.Equal(0, story.GetProperty("eventsBesideTheStream").GetInt32());
        Assert.Equal(4, story.GetProperty("gone").GetProperty("code").GetInt32());
        Assert.Equal(1, story.GetProperty("requests").GetInt32());
        Assert.Equal("""{"code":9,"bytes":[3]}""", story.GetProperty("partyData").GetRawText());
        Assert.Equal(ben.UserId.ToString(), story.Text("leader"));
        Assert.True(story.GetProperty("open").GetBoolean());
        Assert.True(story.GetProperty("partyTicketSeen").GetBoolean());
        Assert.Equal("""{"own":true,"users":2,"skill":1.5}""", story.GetProperty("matched").GetRawText());
        Assert.NotEqual(JsonValueKind.Null, story.GetProperty("removed").ValueKind);
    }
}
