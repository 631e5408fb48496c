namespace Nakama.Server.Security;

/// <summary>Base64 without padding in the alphabet of bcrypt.</summary>
internal static class BcryptBase64
{
    private static ReadOnlySpan<byte> Alphabet => "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"u8;

    public static void Encode(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        int buffer = 0, bits = 0, at = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 6; bits -= 6) text[at++] = Alphabet[(buffer >> (bits - 6)) & 0x3F];
        }

        if (bits > 0) text[at] = Alphabet[(buffer << (6 - bits)) & 0x3F];
    }

    /// <summary>Decodes as many bytes as fit; false when a character is not of the alphabet.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int buffer = 0, bits = 0, at = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character);
            if (value < 0) return false;
            buffer = (buffer << 6) | value;
            bits += 6;
            if (bits < 8 || at == bytes.Length) continue;
            bits -= 8;
            bytes[at++] = (byte)(buffer >> bits);
        }

        return at == bytes.Length;
    }
}
