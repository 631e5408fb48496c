namespace Nakama.Tests.Golden;

/// <summary>Replays the recorded conversation that deletes all data of the node.</summary>
public sealed class RecordedDeletionOfAllData(RecordedDeletionOfAllData.DeletionPlayback playback) : IClassFixture<RecordedDeletionOfAllData.DeletionPlayback>
{
    [Fact]
    public async Task Codes_values_and_sentences_are_those_of_the_reference() =>
        RecordedConsoleConversations.AssertNone(playback, (await playback.ResultAsync(RecordedConsoleConversations.DeletionOfAllData)).TextDifferences);

    /// <summary>A node of its own.</summary>
    public sealed class DeletionPlayback : RecordedConsoleConversations.ConsolePlayback
    {
        protected override IEnumerable<string> Scenarios => [RecordedConsoleConversations.DeletionOfAllData];
    }
}
