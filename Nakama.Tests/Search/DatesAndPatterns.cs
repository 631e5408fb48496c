using Nakama.Server.Search;

namespace Nakama.Tests.Search;

/// <summary>Which texts are dates, and which regular expressions the language has.</summary>
public sealed class DatesAndPatterns
{
    [Theory]
    [InlineData("2020-02-29", "2020-02-29T00:00:00Z")]
    [InlineData("2020-02-29 10:11:12", "2020-02-29T10:11:12Z")]
    [InlineData("2020-02-29T10:11:12", "2020-02-29T10:11:12Z")]
    [InlineData("2020-02-29T10:11:12.5", "2020-02-29T10:11:12.5Z")]
    [InlineData("2020-02-29T10:11:12.123456789Z", "2020-02-29T10:11:12.1234567Z")]
    [InlineData("2020-02-29T10:11:12+01:30", "2020-02-29T08:41:12Z")]
    [InlineData("2020-02-29T1:11:12Z", "2020-02-29T01:11:12Z")]
    [InlineData("2021-02-29", null)]
    [InlineData("2020-2-9", null)]
    [InlineData("2020-02-29T24:00:00Z", null)]
    [InlineData("2020-02-29T10:11Z", null)]
    [InlineData("2020-02-29 10:11:12Z", null)]
    [InlineData("2020-02-29T10:11:12.Z", null)]
    [InlineData("1066-10-14", null)]
    [InlineData(" 2020-02-29", null)]
    public void Text_is_a_date_when_it_is_written_like_one(string text, string? meaning)
    {
        Assert.Equal(meaning is not null, SearchDate.TryParse(text, out var nanoseconds));
        if (meaning is not null) Assert.Equal(DateTimeOffset.Parse(meaning, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100));
    }

    [Theory]
    [InlineData("abc-[0-9]{3}", "abc-123", true)]
    [InlineData("abc-[0-9]{3}", "abc-1234", false)]
    [InlineData("", "", true)]
    [InlineData("a|bc", "bc", true)]
    [InlineData("a|bc", "ac", false)]
    [InlineData("(a|b)*c+", "ababcc", true)]
    [InlineData("^a", "a", true)]
    [InlineData("a{2,}", "aaaa", true)]
    [InlineData("a{2,3}", "aaaa", false)]
    [InlineData("a{,3}", "a{,3}", true)]
    [InlineData("{", "{", true)]
    [InlineData(@"\d+\.\d", "12.3", true)]
    [InlineData(@"\d", "٣", false)]
    [InlineData(@"\w+", "é", false)]
    [InlineData(@"\W", "é", true)]
    [InlineData(@"\W", "😀", true)]
    [InlineData(@"[\w-]+", "a-b_c", true)]
    [InlineData(@"[^a]", "😀", true)]
    [InlineData(@"[^a]", "a", false)]
    [InlineData(@"[😀-😃]", "😁", true)]
    [InlineData(@"[😀-😃]", "😄", false)]
    [InlineData(@"😀{2}", "😀😀", true)]
    [InlineData(@"[[:alpha:]]+", "Abc", true)]
    [InlineData(@"[[:^digit:]]", "1", false)]
    [InlineData(@"\pL\p{Lu}", "aB", true)]
    [InlineData(@"\P{L}", "a", false)]
    [InlineData(@"\Qa.b\E+", "a.ba.b", true)]
    [InlineData(@"\x41\x{1F600}", "A😀", true)]
    [InlineData(@"\101", "A", true)]
    [InlineData("a.c", "a\nc", false)]
    [InlineData("(?s)a.c", "a\nc", true)]
    [InlineData("(?s:a.)c.", "a\nc\n", false)]
    [InlineData("(?i:A)b", "ab", true)]
    [InlineData("(?i:A)b", "aB", false)]
    [InlineData("(?P<name>a)(?<other>b)", "ab", true)]
    [InlineData("[]a]+", "a]", true)]
    public void A_regular_expression_fits_the_whole_text(string pattern, string text, bool fits) =>
        Assert.Equal(fits, new RegexPattern(pattern).TryScore(text, out _));

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abc[0-9]", "abc")]
    [InlineData("abc*", "ab")]
    [InlineData("abc+d", "ab")]
    [InlineData("abc{2}d", "ab")]
    [InlineData("a{b", "a{b")]
    [InlineData("abc|abd", "")]
    [InlineData("ab(c|d)e", "ab")]
    [InlineData("(?i)abc", "")]
    [InlineData("(a)bc", "")]
    [InlineData("^abc.", "abc")]
    [InlineData(@"ab\.c", "ab")]
    [InlineData("x😀y", "x")]
    [InlineData(".*a", "")]
    public void Of_sorted_terms_only_those_with_the_beginning_of_the_expression_are_looked_at(string pattern, string prefix) =>
        Assert.Equal(prefix, new RegexPattern(pattern).Prefix);

    [Theory]
    [InlineData("a**")]
    [InlineData("*")]
    [InlineData("a|*")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[b-a]")]
    [InlineData("a{1001}")]
    [InlineData("a{3,2}")]
    [InlineData(@"\")]
    [InlineData(@"\A")]
    [InlineData(@"\z")]
    [InlineData(@"\B")]
    [InlineData(@"\y")]
    [InlineData(@"\1")]
    [InlineData(@"\p{Unheard}")]
    [InlineData("[[:nope:]]")]
    [InlineData("(?!a)b")]
    [InlineData("(?<=a)b")]
    [InlineData("(?U)a+")]
    [InlineData("a*?")]
    [InlineData("((((a{900}){900}){900}){900})")]
    public void What_the_language_does_not_have_is_refused(string pattern) =>
        Assert.Throws<SearchQueryException>(() => new RegexPattern(pattern));
}
