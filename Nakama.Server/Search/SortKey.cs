namespace Nakama.Server.Search;

/// <summary>A sort key of a hit: missing, a number or a text. Numbers come before texts, missing keys last.</summary>
internal readonly record struct SortKey
{
    private readonly Kind _kind;
    private readonly long _number;
    private readonly string? _text;

    private SortKey(Kind kind, long number, string? text) => (_kind, _number, _text) = (kind, number, text);

    private enum Kind
    {
        Missing,
        Number,
        Text,
    }

    public static SortKey Of(long number) => new(Kind.Number, number, null);

    public static SortKey Of(string text) => new(Kind.Text, 0, text);

    public static int Compare(in SortKey x, in SortKey y, bool isDescending)
    {
        if (x._kind != y._kind)
        {
            if (x._kind == Kind.Missing) return 1;
            if (y._kind == Kind.Missing) return -1;
        }

        var ascending = x._kind != y._kind ? x._kind - y._kind
            : x._kind == Kind.Text ? string.CompareOrdinal(x._text, y._text)
            : x._number.CompareTo(y._number);
        return isDescending ? -ascending : ascending;
    }
}
