using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Cluster.Links;

/// <summary>What all nodes of a cluster know, and nobody else; never leaves the process.</summary>
internal sealed class ClusterSecret
{
    public const int MinBytes = 16;

    private byte[]? _key;

    /// <summary>Sets the secret, before the first connection.</summary>
    public void Set(byte[] secret) =>
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, HMACSHA256.HashSizeInBytes, info: "nakama cluster"u8.ToArray());

    public void Set(string secret) => Set(Encoding.UTF8.GetBytes(secret));

    /// <summary>What only a node with the secret can compute for this handshake.</summary>
    /// <param name="label">Differs between the two sides, so that a proof cannot be sent back to its maker.</param>
    /// <param name="hello">The bytes of the first message of the handshake.</param>
    /// <param name="challenge">The bytes of the second one.</param>
    public byte[] Prove(ReadOnlySpan<byte> label, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> challenge)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key ?? throw new InvalidOperationException("There is no secret yet."));
        Append(hash, label);
        Append(hash, hello);
        Append(hash, challenge);
        return hash.GetHashAndReset();
    }

    /// <summary>The key of the frames of one direction of one connection.</summary>
    /// <param name="label">The direction.</param>
    /// <param name="hello">The bytes of the first message of the handshake.</param>
    /// <param name="challenge">The bytes of the second one.</param>
    public byte[] DeriveKey(ReadOnlySpan<byte> label, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> challenge) => Prove(label, hello, challenge);

    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(one, other);

    /// <summary>With its length, so that no two lists of parts are the same bytes.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
