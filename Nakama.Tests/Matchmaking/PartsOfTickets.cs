using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Matchmaking;
using Nakama.Server.Search;

namespace Nakama.Tests.Matchmaking;

/// <summary>What a waiting ticket is made of.</summary>
public sealed class PartsOfTickets
{
    [Fact]
    public void Few_or_many_properties_read_like_a_dictionary() => Prop.ForAll(Gen.Choose(0, 40).ListOf().ToArbitrary(), numbers =>
    {
        var expected = numbers.Distinct().ToDictionary(number => $"name{number}", number => (double)number);
        var properties = new MatchmakerProperties<double>(expected);

        Assert.Equal(expected.Count, properties.Count);
        Assert.Equal(expected, ((IEnumerable<KeyValuePair<string, double>>)properties).ToDictionary());
        Assert.Equal(expected.Keys, properties.Keys);
        Assert.Equal(expected.Values, properties.Values);
        foreach (var number in Enumerable.Range(0, 41))
        {
            var name = $"name{number}";
            Assert.Equal(expected.ContainsKey(name), properties.ContainsKey(name));
            Assert.Equal(expected.TryGetValue(name, out var value), properties.TryGetValue(name, out var found));
            Assert.Equal(value, found);
        }

        Assert.Throws<KeyNotFoundException>(() => properties["none"]);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Tickets_with_the_same_query_share_it()
    {
        var cache = new QueryCache();
        var text = string.Concat("+properties.", "mode:ffa");

        Assert.Same(cache.Parse("+properties.mode:ffa"), cache.Parse(text));
        Assert.Equal(text, cache.Parse(text).Text);
    }

    [Fact]
    public void However_many_queries_there_are_each_is_read_as_it_was_written()
    {
        var cache = new QueryCache();
        var longOne = "properties.a:" + new string('x', 1000);

        for (var i = 0; i < 20_000; i++) Assert.Equal($"a:{i}", cache.Parse($"a:{i}").Text);
        Assert.InRange(cache.Count, 1, QueryCache.MaxWeight / 300);
        Assert.NotSame(cache.Parse(longOne), cache.Parse(longOne));
        Assert.Throws<SearchQueryException>(() => cache.Parse("a:"));
        Assert.Throws<SearchQueryException>(() => cache.Parse("a:"));
    }

    [Theory]
    [InlineData("a:/x[0-9]+/")]
    [InlineData("a:x*")]
    [InlineData("a:x~1")]
    public void A_query_with_a_pattern_is_not_kept_and_has_few_of_them(string pattern)
    {
        var cache = new QueryCache();

        cache.Parse(string.Join(' ', Enumerable.Repeat(pattern, QueryCache.MaxPatterns)));
        Assert.Equal(0, cache.Count);
        Assert.Throws<SearchQueryException>(() => cache.Parse(string.Join(' ', Enumerable.Repeat(pattern, QueryCache.MaxPatterns + 1))));
    }
}
