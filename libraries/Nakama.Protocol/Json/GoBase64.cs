using System.Text;

namespace Nakama.Protocol.Json;

/// <summary>
/// Base64 as Go decodes it: line breaks are skipped, unused bits need not be zero, and an error reports the position
/// of the byte.
/// </summary>
internal static class GoBase64
{
    public static readonly byte[] StandardAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8.ToArray();
    public static readonly byte[] UrlAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8.ToArray();

    private const int GroupLength = 4;

    /// <summary>The bytes of a text in the standard alphabet with its padding.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        return Ascii.IsValid(text) && TryDecode(Encoding.ASCII.GetBytes(text.ToArray()), StandardAlphabet, isPadded: true, out bytes, out _);
    }

    /// <summary>False, with the position of the error, when the text is not valid.</summary>
    /// <param name="isPadded">Whether padding is required; otherwise it is not allowed.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, ReadOnlySpan<byte> alphabet, bool isPadded, out byte[] bytes, out int faultAt)
    {
        var output = new byte[text.Length / GroupLength * 3 + 3];
        var length = 0;
        faultAt = -1;
        Span<int> digits = stackalloc int[GroupLength];
        for (var at = 0; at < text.Length && faultAt < 0;)
        {
            var count = ReadGroup(text, alphabet, isPadded, digits, ref at, out faultAt);
            if (count < 2) break;
            var bits = (digits[0] << 18) | (digits[1] << 12) | (digits[2] << 6) | digits[3];
            output[length++] = (byte)(bits >> 16);
            if (count > 2) output[length++] = (byte)(bits >> 8);
            if (count > 3) output[length++] = (byte)bits;
        }

        bytes = faultAt < 0 ? output[..length] : [];
        return faultAt < 0;
    }

    /// <summary>Reads up to four digits and returns how many there were.</summary>
    private static int ReadGroup(ReadOnlySpan<byte> text, ReadOnlySpan<byte> alphabet, bool isPadded, Span<int> digits, ref int at, out int faultAt)
    {
        faultAt = -1;
        digits.Clear();
        for (var count = 0; count < GroupLength; count++)
        {
            SkipBreaks(text, ref at);
            if (at == text.Length)
            {
                if (!isPadded && count > 1) return count;
                if (count > 0) faultAt = at - count;
                return 0;
            }

            var digit = alphabet.IndexOf(text[at]);
            if (digit >= 0)
            {
                digits[count] = digit;
                at++;
                continue;
            }

            if (text[at] != '=' || count < 2 || !isPadded)
            {
                faultAt = at;
                return 0;
            }

            at++;
            if (count == 2 && !SkipSecondPad(text, ref at, out faultAt)) return 0;
            SkipBreaks(text, ref at);
            if (at < text.Length) faultAt = at;
            return count;
        }

        return GroupLength;
    }

    private static bool SkipSecondPad(ReadOnlySpan<byte> text, ref int at, out int faultAt)
    {
        SkipBreaks(text, ref at);
        faultAt = at == text.Length ? text.Length : text[at] == '=' ? -1 : at - 1;
        at++;
        return faultAt < 0;
    }

    private static void SkipBreaks(ReadOnlySpan<byte> text, ref int at)
    {
        while (at < text.Length && text[at] is (byte)'\n' or (byte)'\r') at++;
    }
}
