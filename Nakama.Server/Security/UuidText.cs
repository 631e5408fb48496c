namespace Nakama.Server.Security;

/// <summary>
/// The formats of an id that clients may send, case-insensitive: with dashes or as 32 digits, either of them in braces or
/// after <c>urn:uuid:</c>.
/// </summary>
public static class UuidText
{
    /// <summary>The length of the longest format.</summary>
    public const int MaxLength = 45;

    private const string UrnPrefix = "urn:uuid:";

    public static bool TryParse(ReadOnlySpan<char> text, out Guid id)
    {
        if (text.Length > UrnPrefix.Length && text.StartsWith(UrnPrefix, StringComparison.OrdinalIgnoreCase))
            text = text[UrnPrefix.Length..];
        else if (text.Length > 2 && text[0] == '{' && text[^1] == '}')
            text = text[1..^1];

        switch (text.Length)
        {
            case 32 when !text.ContainsAnyExcept(HexDigits):
                return Guid.TryParseExact(text, "N", out id);
            case 36 when !text.ContainsAnyExcept(HexDigitsAndDash):
                return Guid.TryParseExact(text, "D", out id);
            default:
                id = default;
                return false;
        }
    }

    // The framework also accepts signs and prefixes inside the groups.
    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly System.Buffers.SearchValues<char> HexDigitsAndDash =
        System.Buffers.SearchValues.Create("-0123456789abcdefABCDEF");
}
