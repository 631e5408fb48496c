using System.Collections.Concurrent;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// The environment that all JavaScript of the node sees as <c>ctx.env</c>: the configured values, and what modules assign to it.
/// </summary>
internal sealed class SharedEnvironment(RuntimeEnvironment configured)
{
    /// <summary>The largest sum of the lengths of all names and values, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private readonly ConcurrentDictionary<string, string> _values = new(configured.Values, StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _length = configured.Values.Sum(static entry => (long)LengthOf(entry.Key, entry.Value));

    public ICollection<string> Names => _values.Keys;

    public string? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>False when the environment would become too large.</summary>
    public bool TrySet(string name, string value)
    {
        lock (_lock)
        {
            var length = _length + LengthOf(name, value) - (_values.TryGetValue(name, out var known) ? LengthOf(name, known) : 0);
            if (length > MaxLength) return false;
            _values[name] = value;
            _length = length;
            return true;
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            if (_values.TryRemove(name, out var value)) _length -= LengthOf(name, value);
        }
    }

    private static int LengthOf(string name, string value) => name.Length + value.Length;
}
