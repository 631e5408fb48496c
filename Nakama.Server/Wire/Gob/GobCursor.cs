using System.Buffers.Text;

namespace Nakama.Server.Wire.Gob;

/// <summary>Cursors as text: a gob stream in the base64 alphabet of URLs.</summary>
public static class GobCursor
{
    // Far above the longest cursor, which has a label of 64 bytes and an id.
    private const int MaxLength = 2048;

    public static string Write(GobWriter cursor, bool isPadded)
    {
        var text = Base64Url.EncodeToString(cursor.ToArray());
        return isPadded ? text.PadRight((text.Length + 3) / 4 * 4, '=') : text;
    }

    /// <summary>Reads a cursor in either base64 alphabet, padded or not.</summary>
    /// <exception cref="FormatException">The text is not a cursor.</exception>
    public static GobRecord Read(string cursor)
    {
        if (cursor.Length > MaxLength) throw new FormatException("The cursor is too long.");
        return GobReader.Read(Base64Url.DecodeFromChars(cursor.Replace('+', '-').Replace('/', '_')));
    }
}
