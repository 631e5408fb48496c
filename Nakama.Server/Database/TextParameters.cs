using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Database;

/// <summary>
/// The only way to pass text to a statement. PostgreSQL stores no NUL, neither in text nor as an escape in a column of type
/// <c>jsonb</c>, and a statement with such a value would fail like a server error. So each method throws
/// <see cref="DatabaseErrors.NulInText"/> before anything is sent to the database.
/// </summary>
internal static class TextParameters
{
    /// <summary>The JSON escape of a NUL; a raw one is not valid JSON.</summary>
    private const string EscapedNul = @"\u0000";

    public static NpgsqlParameterCollection AddText(this NpgsqlParameterCollection parameters, string? value)
    {
        parameters.Add(Text(value));
        return parameters;
    }

    public static NpgsqlParameterCollection AddTexts(this NpgsqlParameterCollection parameters, string[] values)
    {
        foreach (var value in values) Check(value);
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = values });
        return parameters;
    }

    public static NpgsqlParameterCollection AddJsonb(this NpgsqlParameterCollection parameters, string? json)
    {
        parameters.Add(Jsonb(json));
        return parameters;
    }

    /// <summary>Adds text that the statement casts to <c>jsonb</c>.</summary>
    public static NpgsqlParameterCollection AddJsonText(this NpgsqlParameterCollection parameters, string? json)
    {
        CheckJson(json);
        parameters.Add(new NpgsqlParameter<string?> { TypedValue = json });
        return parameters;
    }

    /// <summary>Adds an array of text whose elements the statement casts to <c>jsonb</c>.</summary>
    public static NpgsqlParameterCollection AddJsonTexts(this NpgsqlParameterCollection parameters, string[] values)
    {
        foreach (var value in values) CheckJson(value);
        parameters.Add(new NpgsqlParameter<string[]> { TypedValue = values });
        return parameters;
    }

    public static NpgsqlParameter<string?> Text(string? value)
    {
        Check(value);
        return new() { TypedValue = value };
    }

    public static NpgsqlParameter<string?> Jsonb(string? json)
    {
        CheckJson(json);
        return new() { TypedValue = json, NpgsqlDbType = NpgsqlDbType.Jsonb };
    }

    /// <summary>Throws when the value contains a NUL.</summary>
    public static void Check(string? value)
    {
        if (value is not null && value.Contains('\0')) throw DatabaseErrors.NulInText;
    }

    private static void CheckJson(string? json)
    {
        if (json is null) return;
        Check(json);
        var rest = json.AsSpan();
        for (var at = rest.IndexOf(EscapedNul, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(EscapedNul, StringComparison.Ordinal))
        {
            // After an odd number of backslashes the matched backslash is itself escaped, and the rest are plain digits.
            var before = rest[..at];
            if ((before.Length - before.TrimEnd('\\').Length) % 2 == 0) throw DatabaseErrors.NulInText;
            rest = rest[(at + EscapedNul.Length)..];
        }
    }
}
