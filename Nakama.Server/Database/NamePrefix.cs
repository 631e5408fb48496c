using System.Text;

namespace Nakama.Server.Database;

/// <summary>The names that begin with a text, whatever its case, as places in an index that sorts names by their bytes.</summary>
internal sealed class NamePrefix
{
    // Of each character its forms in the order of bytes; UTF-8 sorts like code points.
    private readonly (Rune First, Rune Last)[] _runes;

    public NamePrefix(string text) => _runes = [.. text.EnumerateRunes().Select(static rune =>
    {
        var (lower, upper) = (Rune.ToLowerInvariant(rune), Rune.ToUpperInvariant(rune));
        return lower < upper ? (lower, upper) : (upper, lower);
    })];

    /// <summary>The first of all names that match.</summary>
    public string First => Text([], 0);

    public bool Matches(string name)
    {
        var i = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (i == _runes.Length) break;
            if (!IsForm(rune, i++)) return false;
        }

        return i == _runes.Length;
    }

    /// <summary>The first matching name that can follow a name that does not match; null when there is none.</summary>
    public string? After(string name)
    {
        Rune[] runes = [.. name.EnumerateRunes()];
        var at = 0;
        while (at < runes.Length && at < _runes.Length && IsForm(runes[at], at)) at++;
        if (at == runes.Length) return Text(runes, at);
        for (var i = Math.Min(at, _runes.Length - 1); i >= 0; i--)
        {
            var (first, last) = _runes[i];
            if (last <= runes[i]) continue;
            return Text([.. runes[..i], first > runes[i] ? first : last], i + 1);
        }

        return null;
    }

    private bool IsForm(Rune rune, int at) => rune == _runes[at].First || rune == _runes[at].Last;

    /// <summary>The first name with this beginning.</summary>
    private string Text(ReadOnlySpan<Rune> beginning, int length)
    {
        var text = new StringBuilder();
        foreach (var rune in beginning) text.Append(rune.ToString());
        foreach (var (first, _) in _runes.AsSpan(length)) text.Append(first.ToString());
        return text.ToString();
    }
}
