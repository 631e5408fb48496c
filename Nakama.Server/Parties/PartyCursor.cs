using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Parties;

/// <summary>The position of a client in a list of parties. It is valid only for the query that it was issued for.</summary>
/// <param name="Asked">The digest of the query.</param>
/// <param name="Offset">The number of parties that have been read.</param>
internal sealed record PartyCursor(byte[] Asked, int Offset)
{
    /// <summary>A digest that identifies a query.</summary>
    public static byte[] DigestOf(string query, bool? isOpen, int limit) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{limit} {isOpen} {query}"))[..16];

    /// <summary>Null when the text is not a cursor for this query.</summary>
    public static PartyCursor? Parse(string text, ReadOnlySpan<byte> asked)
    {
        try
        {
            var record = GobCursor.Read(text);
            var offset = record.Number("Offset");
            if (offset is < 1 or > int.MaxValue || !record.Bytes("Asked").Span.SequenceEqual(asked)) return null;
            return new PartyCursor(asked.ToArray(), (int)offset);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() =>
        GobCursor.Write(new GobWriter("partyListCursor").Bytes("Asked", Asked).Number("Offset", Offset), isPadded: false);
}
