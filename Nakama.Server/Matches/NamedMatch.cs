using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Matches;

/// <summary>Derives the id of a relayed match from its name: equal names give equal ids on all nodes.</summary>
internal static class NamedMatch
{
    // The DNS namespace of UUID version 5, 6ba7b810-9dad-11d1-80b4-00c04fd430c8.
    private static readonly byte[] Space = new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8").ToByteArray(bigEndian: true);

    public static Guid IdOf(string name)
    {
        byte[] text = [.. Space, .. Encoding.UTF8.GetBytes(name)];
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        // SHA-1 only spreads names over ids here; UUID version 5 prescribes it, and clients compute the same ids.
#pragma warning disable CA5350
        SHA1.HashData(text, digest);
#pragma warning restore CA5350
        digest[6] = (byte)((digest[6] & 0x0F) | 0x50);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }
}
