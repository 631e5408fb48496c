namespace Nakama.Server.Database;

/// <summary>Patterns of <c>LIKE</c> and <c>ILIKE</c> made of text that somebody entered.</summary>
internal static class LikePattern
{
    /// <summary>A pattern that only this text matches.</summary>
    public static string Escape(string text) => OfWildcards(text).Replace("%", @"\%", StringComparison.Ordinal);

    /// <summary>A pattern in which <c>%</c> stands for any text, and every other character for itself.</summary>
    public static string OfWildcards(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
