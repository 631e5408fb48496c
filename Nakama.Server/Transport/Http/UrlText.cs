using System.Text;

namespace Nakama.Server.Transport.Http;

/// <summary>Percent-decoding of paths and queries.</summary>
internal static class UrlText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Decodes a part of a URL. Bytes that are not UTF-8 become replacement characters, and <paramref name="isUtf8"/> is set to
    /// false.
    /// </summary>
    /// <returns>Null when an escape is invalid; <paramref name="fault"/> is then that escape.</returns>
    public static string? Decode(ReadOnlySpan<char> text, bool plusIsSpace, out bool isUtf8, out string fault)
    {
        (isUtf8, fault) = (true, "");
        if (!text.Contains('%') && !(plusIsSpace && text.Contains('+')) && System.Text.Ascii.IsValid(text)) return text.ToString();

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                {
                    fault = text.Slice(i, Math.Min(3, text.Length - i)).ToString();
                    return null;
                }

                bytes[length++] = (byte)((Convert.ToInt32(text[i + 1].ToString(), 16) << 4) | Convert.ToInt32(text[i + 2].ToString(), 16));
                i += 2;
            }
            else if (c == '+' && plusIsSpace)
            {
                bytes[length++] = (byte)' ';
            }
            else
            {
                length += Encoding.UTF8.GetBytes(text.Slice(i, 1), bytes.AsSpan(length));
            }
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            isUtf8 = false;
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
    }
}
