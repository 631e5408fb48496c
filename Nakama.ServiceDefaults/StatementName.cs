namespace Nakama.ServiceDefaults;

/// <summary>Names the span of a statement by OpenTelemetry's conventions for databases: its verb and its first table.</summary>
internal static class StatementName
{
    /// <summary>The verb and the first table of a statement, such as <c>INSERT users</c>; the verb alone where no table follows.</summary>
    public static string Of(string statement)
    {
        var rest = statement.AsSpan();
        var verb = Word(ref rest);
        if (verb is "UPDATE") return Join(verb, Word(ref rest));
        while (Word(ref rest) is { Length: > 0 } word)
        {
            if (word is "FROM" or "INTO" && Word(ref rest) is { Length: > 0 } table) return Join(verb, table);
        }

        return verb.ToString();
    }

    private static string Join(ReadOnlySpan<char> verb, ReadOnlySpan<char> table) => $"{verb} {table}";

    private static ReadOnlySpan<char> Word(ref ReadOnlySpan<char> rest)
    {
        while (!rest.IsEmpty && !IsPart(rest[0])) rest = rest[1..];
        var length = 0;
        while (length < rest.Length && IsPart(rest[length])) length++;
        var word = rest[..length];
        rest = rest[length..];
        return word;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';
}
