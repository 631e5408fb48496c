using Nakama.Tests.Cluster;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays the recorded conversations with their actors distributed over three nodes.</summary>
public sealed class RecordedConversationsAcrossNodes(RecordedConversationsAcrossNodes.ClusterPlayback playback)
    : IClassFixture<RecordedConversationsAcrossNodes.ClusterPlayback>
{
    public static TheoryData<string> Names => [.. RecordedConversations.AllNames];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_values_and_sentences_are_those_of_the_reference(string scenario)
    {
        var result = await playback.ResultAsync(scenario);

        Assert.True(result.TextDifferences.Count == 0, string.Join('\n', [.. result.TextDifferences.Take(40), .. playback.Complaints()]));
    }

    /// <summary>Three nodes on one database.</summary>
    public sealed class ClusterPlayback : RecordedConversations.Playback
    {
        private TestCluster? _cluster;

        protected override async Task<IReadOnlyList<TestServer>> StartAsync()
        {
            _cluster = await TestCluster.StartAsync(Configure);
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
