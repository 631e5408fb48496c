using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Api;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays the conversations recorded over HTTP with every request that can be a gRPC call sent as one.</summary>
public sealed class RecordedConversationsOverGrpc(RecordedConversationsOverGrpc.GrpcPlayback playback) : IClassFixture<RecordedConversationsOverGrpc.GrpcPlayback>
{
    private const int AtLeast = 900;

    public static TheoryData<string> Names => [.. RecordedConversations.AllNames.Where(IsAboutRequests)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_values_and_sentences_are_those_of_the_reference(string scenario)
    {
        var result = await playback.ResultAsync(scenario);

        Assert.True(result.TextDifferences.Count == 0, string.Join('\n', [.. result.TextDifferences.Take(40), .. playback.Complaints()]));
    }

    [Fact]
    public async Task Most_requests_have_a_counterpart()
    {
        foreach (var name in Names) await playback.ResultAsync((string)name);

        Assert.True(playback.GrpcCallCount >= AtLeast, $"{playback.GrpcCallCount} requests went over gRPC, {AtLeast} should");
    }

    /// <summary>Sockets are covered by other conversations.</summary>
    private static bool IsAboutRequests(string name) =>
        !name.StartsWith("ws-", StringComparison.Ordinal) && !name.StartsWith("match", StringComparison.Ordinal) && !name.StartsWith("party", StringComparison.Ordinal);

    /// <summary>A node that is called over gRPC.</summary>
    public sealed class GrpcPlayback : RecordedConversations.Playback
    {
        private GrpcRequestSender? _sender;

        internal int GrpcCallCount => _sender!.Count;

        protected override IEnumerable<string> Scenarios => RecordedConversations.AllNames.Where(IsAboutRequests);

        private protected override IRequestSender CreateSender(TestServer server) =>
            _sender = new GrpcRequestSender(server, server.Services.GetServices<ApiService>().First(service => service.Audience == ApiAudience.Games).Map);

        protected override void Dispose(bool disposing)
        {
            _sender?.Dispose();
            base.Dispose(disposing);
        }
    }
}
