namespace Nakama.Lua;

/// <summary>Services shared by the interpreters of a process: the clock, random numbers, and the output of <c>print</c>.</summary>
public sealed class LuaHost(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _startedAt = timeProvider.GetTimestamp();
    private Random _random = new();

    public TimeProvider TimeProvider { get; } = timeProvider;

    /// <summary>Receives each line that a script prints.</summary>
    public Action<string> Print { get; init; } = static _ => { };

    internal TimeSpan Running => TimeProvider.GetElapsedTime(_startedAt);

    internal double NextDouble()
    {
        lock (_lock) return _random.NextDouble();
    }

    internal long NextInteger(long from, long to)
    {
        lock (_lock) return to == long.MaxValue ? _random.NextInt64(from - 1, to) + 1 : _random.NextInt64(from, to + 1);
    }

    internal void Seed(int seed)
    {
        lock (_lock) _random = new Random(seed);
    }
}
