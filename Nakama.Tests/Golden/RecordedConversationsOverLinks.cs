using Nakama.Tests.Cluster;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>
/// Replays the recorded conversations of sockets with their actors distributed over three nodes that have formed a cluster.
/// </summary>
[Collection(nameof(Alone))]
public sealed class RecordedConversationsOverLinks(RecordedConversationsOverLinks.LinkedPlayback playback) : IClassFixture<RecordedConversationsOverLinks.LinkedPlayback>
{
    private static readonly string[] Subjects = ["channel", "chat", "match", "notification", "party", "status", "stream", "ws"];

    public static TheoryData<string> Names => [.. OfSockets];

    private static IEnumerable<string> OfSockets =>
        RecordedConversations.AllNames.Where(static name => Subjects.Any(subject => name.StartsWith(subject, StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_values_and_sentences_are_those_of_the_reference(string scenario)
    {
        var result = await playback.ResultAsync(scenario);

        Assert.True(result.TextDifferences.Count == 0, string.Join('\n', [.. result.TextDifferences.Take(40), .. playback.Complaints()]));
    }

    /// <summary>Three nodes with real connections between them.</summary>
    public sealed class LinkedPlayback : RecordedConversations.Playback
    {
        private TestCluster? _cluster;

        protected override IEnumerable<string> Scenarios => OfSockets;

        protected override async Task<IReadOnlyList<TestServer>> StartAsync()
        {
            _cluster = await TestCluster.StartOverLinksAsync(Configure);
            return _cluster.Nodes;
        }

        /// <summary>Ranks, definitions and indexes are equal on all nodes within a second, not immediately.</summary>
        protected override async Task CaughtUpAsync()
        {
            await _cluster!.CaughtUpAsync();
            await base.CaughtUpAsync();
        }

        protected override async Task StopAsync() => await _cluster!.DisposeAsync();
    }
}
