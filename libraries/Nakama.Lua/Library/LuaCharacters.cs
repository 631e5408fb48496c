namespace Nakama.Lua.Library;

/// <summary>The character classes of patterns.</summary>
internal static class LuaCharacters
{
    private const string Letters = "acdlpsuwxz";

    // For each character one bit per class.
    private static readonly ushort[] Classes = MakeClasses();

    /// <summary>Whether a character is in the class; an upper-case class is the complement, others match only themselves.</summary>
    public static bool IsOf(byte letter, byte kind)
    {
        var bit = (kind | 0x20) switch
        {
            'a' => 1,
            'c' => 2,
            'd' => 4,
            'l' => 8,
            'p' => 16,
            's' => 32,
            'u' => 64,
            'w' => 128,
            'x' => 256,
            'z' => 512,
            _ => 0,
        };
        if (bit == 0 || (kind & 0x40) == 0) return kind == letter;
        return ((Classes[letter] & bit) != 0) == ((kind & 0x20) != 0);
    }

    private static ushort[] MakeClasses()
    {
        var classes = new ushort[256];
        for (var letter = 0; letter < 256; letter++)
        {
            for (var bit = 0; bit < Letters.Length; bit++)
            {
                if (Is((char)letter, Letters[bit])) classes[letter] |= (ushort)(1 << bit);
            }
        }
        return classes;
    }

    private static bool Is(char letter, char kind) => kind switch
    {
        'a' => char.IsAsciiLetter(letter),
        'c' => letter is < ' ' or '\x7f',
        'd' => char.IsAsciiDigit(letter),
        'l' => char.IsAsciiLetterLower(letter),
        'p' => letter is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(letter),
        's' => letter is ' ' or (>= '\t' and <= '\r'),
        'u' => char.IsAsciiLetterUpper(letter),
        'w' => char.IsAsciiLetterOrDigit(letter),
        'x' => char.IsAsciiHexDigit(letter),
        _ => letter == 0,
    };
}
