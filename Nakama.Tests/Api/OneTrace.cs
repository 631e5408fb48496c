using System.Collections.Concurrent;
using System.Diagnostics;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Api;

public sealed class OneTrace(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_request_is_one_trace_from_the_door_to_the_database()
    {
        var player = await fixture.Server.AuthenticateAsync();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Nakama" or "Npgsql" or "Microsoft.AspNetCore",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var trace = ActivityTraceId.CreateRandom();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/account");
        request.Headers.Authorization = new("Bearer", player.Token);
        // Not a header: other tests of this process have the client write its own.
        using var asking = new Activity("ask").SetParentId(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start();
        using var answer = await fixture.Server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();

        Activity[] Own() => [.. spans.Where(span => span.TraceId == trace)];
        await SocketNode.UntilAsync(() => Own().Any(span => span.Source.Name == "Microsoft.AspNetCore"));
        var call = Assert.Single(Own(), span => span.Source.Name == "Nakama");
        var statement = Assert.Single(Own(), span => span.Source.Name == "Npgsql");
        Assert.Equal(call.SpanId, statement.ParentSpanId);
        Assert.Contains(Own(), span => span.Source.Name == "Microsoft.AspNetCore" && span.SpanId == call.ParentSpanId);
        Assert.DoesNotContain(call.TagObjects, tag => Equals(tag.Value, player.UserId.ToString()));
    }
}
