using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Golden;

/// <summary>Replays every conversation recorded with the console API of the reference server.</summary>
public sealed class RecordedConsoleConversations(RecordedConsoleConversations.ConsolePlayback playback)
    : IClassFixture<RecordedConsoleConversations.ConsolePlayback>
{
    /// <summary>Deletes what the others need, so it has a node of its own.</summary>
    internal const string DeletionOfAllData = "console-zz-delete-all";

    internal static string Folder => Path.Combine(SourceTree.Root, "Nakama.Tests", "Golden", "Console");

    private static IEnumerable<string> AllNames => Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(static name => name != DeletionOfAllData).Order(StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. AllNames];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Codes_and_values_are_those_of_the_reference(string scenario) =>
        AssertNone(playback, (await playback.ResultAsync(scenario)).Differences);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_sentences_of_errors_are_those_of_the_reference(string scenario) =>
        AssertNone(playback, (await playback.ResultAsync(scenario)).TextDifferences);

    internal static void AssertNone(RecordedConversations.Playback playback, IReadOnlyList<string> differences) =>
        Assert.True(differences.Count == 0, string.Join('\n', [.. differences.Take(40), .. playback.Complaints().Take(10)]));

    /// <summary>A node with the name of the recorded one.</summary>
    public class ConsolePlayback : RecordedConversations.Playback
    {
        /// <summary>One after the other: they share the administrator's lockout and the queue of password checks.</summary>
        public ConsolePlayback()
            : base(1)
        {
        }

        protected override string ScenarioFolder => Folder;

        protected override IEnumerable<string> Scenarios => AllNames;

        protected override async Task<IReadOnlyList<TestServer>> StartAsync() =>
        [
            await TestServer.StartAsync(
                options => Configure(options) with { Name = "n1", Matchmaker = options.Matchmaker, Logger = options.Logger with { Level = "WARN" } }, WithPatience),
        ];
    }
}
