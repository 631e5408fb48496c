using System.Text.Json;
using System.Text.RegularExpressions;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>What the reference server answered to short pieces of Lua, as far as they need nothing but the language.</summary>
public sealed partial class RecordedSnippets
{
    private static readonly Lazy<Dictionary<string, List<RecordedSnippet>>> Groups = new(() => Read().GroupBy(row => row.Group).ToDictionary(
        group => group.Key, group => group.ToList()));

    public static TheoryData<string> GroupNames() => [.. Groups.Value.Keys];

    [Theory]
    [MemberData(nameof(GroupNames))]
    public void A_piece_of_code_gives_what_the_reference_gives(string group)
    {
        var runner = new SnippetRunner();
        var differences = new List<string>();
        foreach (var row in Groups.Value[group])
        {
            var answer = Clean(runner.Run(row.Code));
            var isAlike = answer == row.Expected();
            if (isAlike != SnippetDeviations.Names.Contains(row.Name)) continue;
            differences.Add(isAlike
                ? $"{row.Name} is alike, but listed as a deviation"
                : $"{row.Name}: {row.Code}\n  expected {row.Expected()}\n  answered {answer}");
        }
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Every_deviation_is_the_name_of_a_row() =>
        Assert.Empty(SnippetDeviations.Names.Except(Groups.Value.Values.SelectMany(rows => rows).Select(row => row.Name)));

    private static List<RecordedSnippet> Read()
    {
        using var file = JsonDocument.Parse(SourceTree.Read(LuaTestBed.Snippets + "/lua.json"));
        return [.. file.RootElement.EnumerateArray().Select(RecordedSnippet.Read)];
    }

    /// <summary>Memory addresses and the folder of the modules are nobody's business.</summary>
    private static string Clean(string answer) => Folder().Replace(Address().Replace(answer, "0xADDR"), "");

    [GeneratedRegex("0x[0-9a-f]{7,}")]
    private static partial Regex Address();

    [GeneratedRegex(@"[^\s""']*/(?=runner\.lua:)")]
    private static partial Regex Folder();
}
