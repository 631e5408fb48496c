using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Matches;

/// <summary>The id of a relayed match that players find by a name: the same for the same name everywhere.</summary>
internal static class NamedMatch
{
    // The space of domain names, 6ba7b810-9dad-11d1-80b4-00c04fd430c8, in which such ids are made (version 5).
    private static readonly byte[] Space = new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8").ToByteArray(bigEndian: true);

    public static Guid IdOf(string name)
    {
        byte[] text = [.. Space, .. Encoding.UTF8.GetBytes(name)];
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        // The digest only spreads names over ids, in the way that every client computes them.
#pragma warning disable CA5350
        SHA1.HashData(text, digest);
#pragma warning restore CA5350
        digest[6] = (byte)((digest[6] & 0x0F) | 0x50);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
