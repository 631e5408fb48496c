using System.Globalization;
using System.Text;
using Lucene.Net.Analysis.Miscellaneous;

namespace Nakama.Server.Search.Text;

/// <summary>
/// Breaks texts into the terms of an index: without case, accents and width. Names such as <c>DragonSlayer77</c> are indexed
/// with their parts too. Scripts that are written without spaces have one term for each character.
/// </summary>
internal static class TextTerms
{
    /// <summary>The longest term of a word, in UTF-16 characters; longer words are cut.</summary>
    public const int MaxWordLength = 48;

    // A letter becomes as many at most, such as a letter in parentheses.
    private const int MaxLettersOfOne = 4;

    // Of a longer word the rest is neither indexed nor split.
    private const int MaxSplitLength = 128;

    /// <summary>The longest term of a whole text, in UTF-16 characters; longer texts are cut.</summary>
    public const int MaxWholeLength = 256;

    /// <summary>The form in which texts are compared. Empty only for a text without any visible character.</summary>
    public static string Fold(string text, int maxLength)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in WithoutAccents(WellFormed(text).ToLowerInvariant()).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) continue;
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)) folded.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        var result = folded.ToString().TrimEnd(' ');
        // A text of nothing but marks is still found by itself.
        if (result.Length == 0) result = WellFormed(text).Trim();
        return Cut(result, maxLength);
    }

    /// <summary>The words of a query.</summary>
    public static List<string> OfQuery(string text, int maxCount)
    {
        var words = new List<string>();
        foreach (var (start, length) in Words(text))
        {
            // The first of its terms is the whole word.
            if (OfWord(text.AsSpan(start, length)) is not [var word, ..] || words.Contains(word)) continue;
            words.Add(word);
            if (words.Count == maxCount) break;
        }

        return words;
    }

    /// <summary>Adds the terms of a text that is indexed.</summary>
    public static void Add(string text, int maxCount, ICollection<string> terms)
    {
        foreach (var (start, length) in Words(text))
        {
            if (terms.Count >= maxCount) return;
            foreach (var term in OfWord(text.AsSpan(start, length))) terms.Add(term);
        }
    }

    /// <summary>The terms of one word: the whole, and its parts where it has several.</summary>
    public static List<string> OfWord(ReadOnlySpan<char> word)
    {
        var terms = new List<string>();
        if (word.Length > MaxSplitLength) word = word[..MaxSplitLength];
        AddFolded(word);
        var start = 0;
        for (var i = 1; i < word.Length; i++)
        {
            if (!IsBorder(word[i - 1], word[i])) continue;
            AddFolded(word[start..i]);
            start = i;
        }

        if (start > 0) AddFolded(word[start..]);
        return terms;

        void AddFolded(ReadOnlySpan<char> part)
        {
            var term = Fold(part.ToString(), MaxWordLength);
            if (term.Length > 0) terms.Add(term);
        }
    }

    /// <summary>The places of the words of a text.</summary>
    public static IEnumerable<(int Start, int Length)> Words(string text)
    {
        var start = -1;
        for (var i = 0; i < text.Length;)
        {
            // Half of a surrogate pair counts as a separator.
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != System.Buffers.OperationStatus.Done) rune = new Rune(' ');
            if (IsIdeographic(rune.Value))
            {
                if (start >= 0) yield return (start, i - start);
                start = -1;
                yield return (i, length);
            }
            else if (Rune.IsLetterOrDigit(rune) || (start >= 0 && IsMark(rune)))
            {
                if (start < 0) start = i;
            }
            else if (start >= 0)
            {
                yield return (start, i - start);
                start = -1;
            }

            i += length;
        }

        if (start >= 0) yield return (start, text.Length - start);
    }

    private static bool IsBorder(char before, char after) =>
        (char.IsLower(before) && char.IsUpper(after)) || char.IsAsciiDigit(before) != char.IsAsciiDigit(after);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Thai to Myanmar, Hiragana and Katakana, CJK, Hangul, and the planes of further ideographs.
    private static bool IsIdeographic(int value) => value is >= 0x0E00 and <= 0x109F or >= 0x3040 and <= 0x30FF or >= 0x3400 and <= 0x9FFF
        or >= 0xAC00 and <= 0xD7AF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    /// <summary>The text with a replacement for what is no valid text.</summary>
    public static string WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return Replaced(text);
            i++;
        }

        return text;
    }

    private static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var plain = new char[text.Length * MaxLettersOfOne];
        return new string(plain, 0, ASCIIFoldingFilter.FoldToASCII(text.ToCharArray(), 0, plain, 0, text.Length));
    }

    private static string Replaced(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.ToString());
        return whole.ToString();
    }

    private static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength) return text;
        return char.IsHighSurrogate(text[maxLength - 1]) ? text[..(maxLength - 1)] : text[..maxLength];
    }
}
