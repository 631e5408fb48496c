namespace Nakama.Server.Search;

internal enum QueryTokenKind
{
    End,
    Text,
    Number,
    Phrase,
    Boost,
    Tilde,
    Plus,
    Minus,
    Colon,
    Greater,
    Less,
    Equal,
}

/// <summary>A word of a query; its text without quotes and escapes.</summary>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text);
