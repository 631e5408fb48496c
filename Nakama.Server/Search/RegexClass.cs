using System.Globalization;
using System.Text;

namespace Nakama.Server.Search;

/// <summary>
/// A set of characters: a .NET character class for characters of one code unit, and pairs of code units for the others.
/// </summary>
internal struct RegexClass()
{
    private const int FirstPair = 0x10000;
    private const int LastPair = 0x10FFFF;

    private readonly StringBuilder _units = new();
    private readonly List<(int First, int Last)> _pairs = [];

    public readonly void AddRange(Rune first, Rune last)
    {
        AddUnits(first.Value, Math.Min(last.Value, FirstPair - 1));
        if (last.Value >= FirstPair) _pairs.Add((Math.Max(first.Value, FirstPair), last.Value));
    }

    /// <summary><c>\d</c>, <c>\w</c> or <c>\s</c>, or its complement when the letter is upper-case.</summary>
    public readonly void AddPerl(char name)
    {
        var (inside, outside) = RegexClasses.Perl(name);
        _units.Append(char.IsAsciiLetterUpper(name) ? outside : inside);
        if (char.IsAsciiLetterUpper(name)) _pairs.Add((FirstPair, LastPair));
    }

    /// <exception cref="SearchQueryException">There is no class with this name.</exception>
    public readonly void AddNamed(ReadOnlySpan<char> name, bool isNegated)
    {
        var ranges = RegexClasses.Named(name) ?? throw Unknown();
        if (!isNegated)
        {
            for (var i = 0; i < ranges.Length; i += 2) AddUnits(ranges[i], ranges[i + 1]);
            return;
        }

        var next = 0;
        for (var i = 0; i < ranges.Length; i += 2)
        {
            AddUnits(next, ranges[i] - 1);
            next = ranges[i + 1] + 1;
        }

        AddUnits(next, FirstPair - 1);
        _pairs.Add((FirstPair, LastPair));
    }

    /// <summary>A Unicode category; it contains no characters of two code units, and its complement contains all of them.</summary>
    /// <exception cref="SearchQueryException">There is no category with this name.</exception>
    public readonly void AddCategory(ReadOnlySpan<char> name, bool isNegated)
    {
        if (!RegexClasses.IsCategory(name)) throw Unknown();
        _units.Append(isNegated ? @"\P{" : @"\p{").Append(name).Append('}');
        if (isNegated) _pairs.Add((FirstPair, LastPair));
    }

    public readonly void AppendTo(StringBuilder to, bool isNegated)
    {
        if (isNegated)
        {
            if (_pairs.Count > 0 && !_pairs.Contains((FirstPair, LastPair))) throw SearchQueryException.Unable("error parsing regexp: character class is not supported");
            to.Append(_pairs.Count > 0 ? "(?:" : @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|").Append("[^").Append(_units).Append(@"\uD800-\uDFFF])");
            return;
        }

        to.Append("(?:");
        if (_units.Length > 0) to.Append('[').Append(_units).Append(']');
        for (var i = 0; i < _pairs.Count; i++)
        {
            if (i > 0 || _units.Length > 0) to.Append('|');
            AppendPairs(to, _pairs[i].First, _pairs[i].Last);
        }

        to.Append(')');
    }

    public static StringBuilder AppendPair(StringBuilder to, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        rune.EncodeToUtf16(units);
        return AppendUnit(AppendUnit(to, units[0]), units[1]);
    }

    public static StringBuilder AppendUnit(StringBuilder to, int unit) =>
        to.Append(@"\u").Append(unit.ToString("X4", CultureInfo.InvariantCulture));

    /// <summary>Surrogates are excluded.</summary>
    private readonly void AddUnits(int first, int last)
    {
        if (first < 0xD800 && last > 0xDFFF)
        {
            AddUnits(first, 0xD7FF);
            AddUnits(0xE000, last);
        }
        else if (first <= last)
        {
            AppendUnit(AppendUnit(_units, first).Append('-'), last);
        }
    }

    /// <summary>All pairs in a range: the rest of the first high surrogate, those between, the beginning of the last one.</summary>
    private static void AppendPairs(StringBuilder to, int first, int last)
    {
        var (lead, trail) = Split(first);
        var (lastLead, lastTrail) = Split(last);
        if (lead == lastLead)
        {
            AppendBlock(to, lead, lead, trail, lastTrail);
            return;
        }

        AppendBlock(to, lead, lead, trail, 0xDFFF);
        if (lastLead - lead > 1) AppendBlock(to.Append('|'), lead + 1, lastLead - 1, 0xDC00, 0xDFFF);
        AppendBlock(to.Append('|'), lastLead, lastLead, 0xDC00, lastTrail);
    }

    private static void AppendBlock(StringBuilder to, int firstLead, int lastLead, int firstTrail, int lastTrail)
    {
        AppendUnit(AppendUnit(to.Append('['), firstLead).Append('-'), lastLead).Append(']');
        AppendUnit(AppendUnit(to.Append('['), firstTrail).Append('-'), lastTrail).Append(']');
    }

    private static (int Lead, int Trail) Split(int codePoint) =>
        (0xD800 + ((codePoint - FirstPair) >> 10), 0xDC00 + ((codePoint - FirstPair) & 0x3FF));

    private static SearchQueryException Unknown() => SearchQueryException.Unable("error parsing regexp: invalid character class range");
}
