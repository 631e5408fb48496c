using System.Text;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>
/// The encoding of values as terms of the single Lucene field: path, separator, kind of value, value. With one field for all
/// paths, the number of different keys in the documents does not matter.
/// </summary>
internal static class LuceneTerms
{
    public const string Field = "v";

    /// <summary>Ends the path; paths with it are not indexed.</summary>
    public const char Separator = '\0';

    /// <summary>A whole text.</summary>
    public const char Text = 'k';

    /// <summary>A number, truncated to each of several precisions.</summary>
    public const char Number = 'n';

    /// <summary>A marker without a value: the document has several values here, so clauses may count more than once.</summary>
    public const char Many = 'm';

    /// <summary>The bits between successive precisions of a number; a range has at most a few hundred terms.</summary>
    public const int PrecisionStep = 8;

    private const int NumberBits = 64;

    public static BytesRef Of(string path, char kind, string value = "") =>
        new(Encoding.UTF8.GetBytes(string.Concat(path, [Separator, kind], value)));

    /// <summary>The term of a number at a precision.</summary>
    public static void WriteNumber(long number, int shift, BytesRef to) => NumericUtils.Int64ToPrefixCodedBytes(number, shift, to);

    /// <summary>The numbers of low bits that are truncated, from zero to the largest one that leaves any bits.</summary>
    public static IEnumerable<int> Shifts()
    {
        for (var shift = 0; shift < NumberBits; shift += PrecisionStep) yield return shift;
    }

    /// <summary>The ranges of terms that together cover all numbers between two bounds, each exactly once.</summary>
    public static List<(BytesRef First, BytesRef Last)> Ranges(string path, long lowest, long highest)
    {
        var ranges = new Ranges64(Of(path, Number));
        if (lowest <= highest) NumericUtils.SplitInt64Range(ranges, PrecisionStep, lowest, highest);
        return ranges.Found;
    }

    /// <summary>The concatenation of both.</summary>
    public static BytesRef Join(BytesRef first, ReadOnlySpan<byte> second)
    {
        var bytes = new byte[first.Length + second.Length];
        first.Bytes.AsSpan(first.Offset, first.Length).CopyTo(bytes);
        second.CopyTo(bytes.AsSpan(first.Length));
        return new BytesRef(bytes);
    }

    public static ReadOnlySpan<byte> BytesOf(BytesRef term) => term.Bytes.AsSpan(term.Offset, term.Length);

    private sealed class Ranges64(BytesRef path) : NumericUtils.Int64RangeBuilder
    {
        public List<(BytesRef First, BytesRef Last)> Found { get; } = [];

        public override void AddRange(BytesRef minPrefixCoded, BytesRef maxPrefixCoded) =>
            Found.Add((Join(path, BytesOf(minPrefixCoded)), Join(path, BytesOf(maxPrefixCoded))));
    }
}
