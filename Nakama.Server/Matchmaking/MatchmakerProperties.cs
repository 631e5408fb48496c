using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Nakama.Server.Matchmaking;

/// <summary>
/// The properties of a ticket, of one kind. There are few of them and they are kept as long as the ticket waits, so they are
/// stored in one array; a hash table per ticket would take most of the memory of a waiting ticket.
/// </summary>
public sealed class MatchmakerProperties<T> : IReadOnlyDictionary<string, T>
{
    /// <summary>With more properties a lookup table is worth its memory.</summary>
    private const int MostToScan = 8;

    private readonly KeyValuePair<string, T>[] _all;
    private readonly Dictionary<string, int>? _places;

    public MatchmakerProperties(IReadOnlyDictionary<string, T> properties)
    {
        _all = [.. properties];
        if (_all.Length <= MostToScan) return;
        _places = new(_all.Length, StringComparer.Ordinal);
        for (var i = 0; i < _all.Length; i++) _places.Add(_all[i].Key, i);
    }

    internal static MatchmakerProperties<T> None { get; } = new(new Dictionary<string, T>());

    public int Count => _all.Length;

    public IEnumerable<string> Keys => _all.Select(static property => property.Key);

    public IEnumerable<T> Values => _all.Select(static property => property.Value);

    public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    public bool ContainsKey(string key) => PlaceOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var place = PlaceOf(key);
        value = place < 0 ? default : _all[place].Value;
        return place >= 0;
    }

    public ReadOnlySpan<KeyValuePair<string, T>>.Enumerator GetEnumerator() => ((ReadOnlySpan<KeyValuePair<string, T>>)_all).GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => _all.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _all.GetEnumerator();

    private int PlaceOf(string key)
    {
        if (_places is not null) return _places.GetValueOrDefault(key, -1);
        for (var i = 0; i < _all.Length; i++)
        {
            if (_all[i].Key == key) return i;
        }

        return -1;
    }
}
