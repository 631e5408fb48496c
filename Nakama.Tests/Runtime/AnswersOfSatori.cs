using System.Text.Json;
using Nakama.Server.Satori;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>What is kept of Satori's answers, and for how long.</summary>
public sealed class AnswersOfSatori
{
    private static readonly SatoriRequest Flags = new(HttpMethod.Get, "/v1/flag") { IdentityId = "one" };
    private static readonly JsonElement Answer = JsonDocument.Parse("{}").RootElement;

    private readonly TestTimeProvider _time = new();

    [Fact]
    public void In_the_mode_of_time_all_share_an_answer_until_it_is_too_old()
    {
        var cache = new SatoriCache(new SatoriOptions { CacheMode = "time", CacheTtlSec = 10 }, _time);
        cache.Keep(new object(), Flags, Answer);

        Assert.True(cache.TryGet(null, Flags, out _));
        Assert.False(cache.TryGet(null, Flags with { IdentityId = "two" }, out _));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(cache.TryGet(null, Flags, out _));
    }

    [Fact]
    public void In_the_mode_of_contexts_only_the_same_context_has_the_answer()
    {
        var cache = new SatoriCache(new SatoriOptions(), _time);
        var context = new object();
        cache.Keep(context, Flags, Answer);

        Assert.True(cache.TryGet(context, Flags, out _));
        Assert.False(cache.TryGet(new object(), Flags, out _));
        cache.Keep(null, Flags, Answer);
        Assert.False(cache.TryGet(null, Flags, out _));
    }

    [Fact]
    public void A_change_of_an_identity_drops_its_answers_alone()
    {
        var cache = new SatoriCache(new SatoriOptions { CacheMode = "time" }, _time);
        var other = Flags with { IdentityId = "two" };
        cache.Keep(null, Flags, Answer);
        cache.Keep(null, other, Answer);

        cache.Forget(null, "one");

        Assert.Equal((false, true), (cache.TryGet(null, Flags, out _), cache.TryGet(null, other, out _)));
    }

    [Fact]
    public void A_cache_that_is_turned_off_keeps_nothing()
    {
        var cache = new SatoriCache(new SatoriOptions { CacheMode = "time", CacheDisabled = true }, _time);

        cache.Keep(null, Flags, Answer);

        Assert.False(cache.TryGet(null, Flags, out _));
    }
}
