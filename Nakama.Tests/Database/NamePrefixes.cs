using System.Text;
using Nakama.Server.Database;

namespace Nakama.Tests.Database;

public sealed class NamePrefixes
{
    private static readonly Comparer<string> ByBytes =
        Comparer<string>.Create(static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));

    [Theory]
    [InlineData("abc", "ABC", "Abd", "aBC")]
    [InlineData("abc", "ABC", "ABD", "ABc")]
    [InlineData("abc", "ABC", "abb", "abc")]
    [InlineData("abc", "ABC", "ab", "abC")]
    [InlineData("abc", "ABC", "abd", null)]
    [InlineData("abc", "ABC", "zoo", null)]
    [InlineData("7é", "7É", "7Êx", "7é")]
    [InlineData("", "", "any", null)]
    public void The_place_after_a_name_is_that_of_the_next_spelling(string prefix, string first, string name, string? next)
    {
        var names = new NamePrefix(prefix);

        Assert.Equal((first, next), (names.First, prefix.Length == 0 ? null : names.After(name)));
    }

    [Fact]
    public async Task All_spellings_are_found_whatever_stands_between_them()
    {
        var random = new Random(7);
        string Name() => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "aAbB_1éÉ"[random.Next(8)]));
        for (var round = 0; round < 200; round++)
        {
            var names = Enumerable.Range(0, 300).Select(_ => Name() + "1").Append("🗝").Distinct().Order(ByBytes).ToList();
            var prefix = Name();
            var after = round % 2 == 0 ? "" : names.Find(name => new NamePrefix(prefix).Matches(name)) ?? "";
            var reads = 0;

            var found = await NamePrefixScan.FindAsync<string>(
                sortsByBytes: true, prefix, after, 40,
                (from, limit, _) =>
                {
                    reads++;
                    return new(names.Where(name => ByBytes.Compare(name, from) >= 0).Take(limit).ToList());
                },
                static name => name, CancellationToken.None);

            var expected = names.Where(name => ByBytes.Compare(name, after) > 0 || after.Length == 0).Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Take(40);
            Assert.Equal(expected, found);
            Assert.InRange(reads, 1, 64);
        }
    }
}
