using Nakama.Server.Runtime.Functions;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

public sealed class LocalCacheBounds
{
    private readonly TestTimeProvider _clock = new();

    [Fact]
    public void More_values_than_are_kept_make_room_for_each_other()
    {
        var cache = new LocalCache(_clock, maxEntries: 800);

        for (var i = 0; i < 100_000; i++) cache.Put($"key {i}", ScriptValue.Of(i), TimeSpan.Zero);

        Assert.InRange(cache.Count, 700, 800);
        Assert.Equal(99_999, cache.Get("key 99999") is { } last ? last.AsNumber() : 99_999);
    }

    [Fact]
    public void Larger_values_than_are_kept_make_room_for_each_other_and_one_that_is_too_large_is_not_kept()
    {
        const int MaxBytes = 1_000_000;
        var cache = new LocalCache(_clock, MaxBytes);

        for (var i = 0; i < 1000; i++) cache.Put($"key {i}", ScriptValue.Of(new string('x', 10_000)), TimeSpan.Zero);
        Assert.InRange(cache.Bytes, MaxBytes / 2, MaxBytes);

        cache.Put("large", ScriptValue.Of(new string('x', MaxBytes)), TimeSpan.Zero);
        Assert.Null(cache.Get("large"));
    }

    [Fact]
    public void What_has_expired_goes_first()
    {
        var cache = new LocalCache(_clock, maxEntries: 800);
        for (var i = 0; i < 400; i++) cache.Put($"lasting {i}", ScriptValue.Of(i), TimeSpan.Zero);
        for (var i = 0; i < 400; i++) cache.Put($"short {i}", ScriptValue.Of(i), TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(2));

        cache.Put("one more", ScriptValue.Of(1), TimeSpan.Zero);

        Assert.Equal(401, cache.Count);
        Assert.All(Enumerable.Range(0, 400), i => Assert.NotNull(cache.Get($"lasting {i}")));
    }

    [Fact]
    public void Replacing_deleting_and_clearing_leave_no_weight()
    {
        var cache = new LocalCache(_clock);
        for (var i = 0; i < 100; i++) cache.Put("key", ScriptValue.Of(new string('x', i)), TimeSpan.Zero);
        Assert.Equal(1, cache.Count);

        cache.Delete("key");
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));

        for (var i = 0; i < 100; i++) cache.Put($"key {i}", ScriptValue.Of(i), TimeSpan.Zero);
        cache.Clear();
        Assert.Equal((0, 0L), (cache.Count, cache.Bytes));
    }
}
