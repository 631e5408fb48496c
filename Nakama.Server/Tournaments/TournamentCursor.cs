using System.Buffers.Text;
using System.Text;

namespace Nakama.Server.Tournaments;

/// <summary>The last tournament of a page, by its id; if that tournament no longer exists, the next page is empty.</summary>
internal static class TournamentCursor
{
    private const int MaxLength = 1024;
    private const byte Form = 1;

    /// <summary>Returns false when the text is not a valid cursor.</summary>
    public static bool TryParse(string text, out string id)
    {
        id = "";
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes is not [Form, _, ..]) return false;
        id = Encoding.UTF8.GetString(bytes.AsSpan(1));
        return true;
    }

    public static string Of(string id) => Base64Url.EncodeToString([Form, .. Encoding.UTF8.GetBytes(id)]);
}
