using Nakama.Server.Presence;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Presence;

public sealed class StreamsOfASession(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_session_is_in_no_more_streams_than_it_may_be_until_it_leaves_some()
    {
        await using var socket = await fixture.Server.OpenSocketAsync(await fixture.Server.AuthenticateAsync());
        var first = (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").Text("match_id");
        var refusals = 0;

        for (var i = 0; i < PresenceTracker.MaxPerSession && refusals == 0; i++)
        {
            if ((await socket.AskAsync("\"match_create\":{}")).TryGetProperty("error", out var error))
            {
                Assert.Equal("Error joining match", error.Text("message"));
                refusals++;
            }
        }

        Assert.Equal(1, refusals);
        Assert.True((await socket.AskAsync($$"""
            "channel_join":{"target":"{{Unique.Name()}}","type":1}
            """)).TryGetProperty("error", out _));
        await socket.AskAsync($$"""
            "match_leave":{"match_id":"{{first}}"}
            """);
        Assert.True((await socket.AskAsync("\"match_create\":{}")).TryGetProperty("match", out _));
    }
}
