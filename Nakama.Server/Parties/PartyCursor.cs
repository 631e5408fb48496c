using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Parties;

/// <summary>How far a client has read a list of parties. It only goes on with what it began with.</summary>
/// <param name="Asked">The digest of what was asked for.</param>
/// <param name="Offset">How many have been read.</param>
internal sealed record PartyCursor(byte[] Asked, int Offset)
{
    /// <summary>Tells one question from another.</summary>
    public static byte[] DigestOf(string query, bool? isOpen, int limit) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{limit} {isOpen} {query}"))[..16];

    /// <summary>Null when the text is no cursor for this question.</summary>
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
