using Nakama.Console.Editing;

namespace Nakama.Tests.ConsolePages;

public sealed class ComparingTexts
{
    [Fact]
    public void Only_what_differs_is_shown_with_the_lines_around_it()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20));
        var after = before.Replace("10", "ten", StringComparison.Ordinal);
        Assert.Equal(
            ["Gap ", "Same 7", "Same 8", "Same 9", "Removed 10", "Added ten", "Same 11", "Same 12", "Same 13", "Gap "],
            LineDiff.Compare(before, after).Select(line => $"{line.Change} {line.Text}"));
    }

    [Fact]
    public void A_moved_line_is_removed_here_and_added_there() =>
        Assert.Equal(
            ["Removed a", "Same b", "Added a"],
            LineDiff.Compare("a\nb", "b\na").Select(line => $"{line.Change} {line.Text}"));

    [Fact]
    public void Equal_texts_have_no_difference() => Assert.All(LineDiff.Compare("a\nb", "a\nb"), line => Assert.Equal(LineChange.Gap, line.Change));

    [Fact]
    public void Large_texts_are_shown_as_replaced_without_being_compared_line_by_line()
    {
        var before = string.Join('\n', Enumerable.Range(0, 50_000));
        var after = string.Join('\n', Enumerable.Range(50_000, 50_000));
        var lines = LineDiff.Compare(before, after);
        Assert.Equal(100_000, lines.Count);
        Assert.Equal(LineChange.Removed, lines[0].Change);
        Assert.Equal(LineChange.Added, lines[^1].Change);
    }
}
