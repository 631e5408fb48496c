using System.Runtime.InteropServices;

namespace Nakama.Server.Security;

/// <summary>
/// Values by key, of the current period and the previous one. The older ones are forgotten when the period ends, and early when
/// the current period reaches its maximum number of keys. Not safe for concurrent use.
/// </summary>
internal sealed class TwoPeriods<TKey, TValue>(TimeProvider time, TimeSpan period, int maxKeys)
    where TKey : notnull
{
    private long _begunAt = time.GetTimestamp();

    public Dictionary<TKey, TValue> Current { get; private set; } = [];

    public Dictionary<TKey, TValue> Previous { get; private set; } = [];

    /// <summary>Begins a new period when the current one has ended.</summary>
    public void Turn()
    {
        var age = time.GetElapsedTime(_begunAt);
        if (age < period) return;
        if (age >= 2 * period) Current.Clear();
        Begin();
    }

    /// <summary>A reference to a key's value in the current period; a new one holds the default.</summary>
    public ref TValue? Touch(TKey key)
    {
        if (Current.Count >= maxKeys) Begin();
        return ref CollectionsMarshal.GetValueRefOrAddDefault(Current, key, out _);
    }

    private void Begin()
    {
        // The tables are swapped, so that a period begins without allocations.
        (Previous, Current) = (Current, Previous);
        Current.Clear();
        _begunAt = time.GetTimestamp();
    }
}
