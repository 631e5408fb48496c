using System.Buffers;

namespace Nakama.Server.Search;

/// <summary>The named character classes.</summary>
internal static class RegexClasses
{
    public static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The content of a .NET character class, and of its complement.</summary>
    public static (string In, string NotIn) Perl(char name) => char.ToLowerInvariant(name) switch
    {
        'd' => ("0-9", @"\0-/:-\uD7FF\uE000-\uFFFF"),
        'w' => ("0-9A-Za-z_", @"\0-/:-@\[-\^`{-\uD7FF\uE000-\uFFFF"),
        _ => (@"\t\n\f\r\x20", @"\0-\x08\x0B\x0E-\x1F!-\uD7FF\uE000-\uFFFF"),
    };

    /// <summary>The first and last characters of the ranges, one pair after the other; null for an unknown name.</summary>
    public static string? Named(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => "09AZaz",
        "alpha" => "AZaz",
        "ascii" => "\0\x7F",
        "blank" => "\t\t  ",
        "cntrl" => "\0\x1F\x7F\x7F",
        "digit" => "09",
        "graph" => "!~",
        "lower" => "az",
        "print" => " ~",
        "punct" => "!/:@[`{~",
        "space" => "\t\r  ",
        "upper" => "AZ",
        "word" => "09AZ__az",
        "xdigit" => "09AFaf",
        _ => null,
    };

    public static bool IsCategory(ReadOnlySpan<char> name) => name is
        "L" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "M" or "Mn" or "Mc" or "Me" or "N" or "Nd" or "Nl" or "No" or
        "P" or "Pc" or "Pd" or "Ps" or "Pe" or "Pi" or "Pf" or "Po" or "S" or "Sm" or "Sc" or "Sk" or "So" or
        "Z" or "Zs" or "Zl" or "Zp" or "C" or "Cc" or "Cf" or "Co";
}
