using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nakama.Server.Security;

/// <summary>
/// The bcrypt password hash: <c>$2a$</c>, two digits of cost, and 53 characters of salt and hash. Made hashes are
/// <c>$2a$13$</c>; <c>$2a$</c>, <c>$2b$</c> and <c>$2y$</c> of any cost are verified, as they mean the same here.
/// </summary>
public static class Bcrypt
{
    /// <summary>Longer passwords cannot be hashed; verifying looks at this many bytes.</summary>
    public const int MaxPasswordBytes = 72;

    public const int DefaultCost = 13;

    private const int MinCost = 4;
    private const int MaxCost = 31;
    private const int SaltBytes = 16;
    private const int SaltCharacters = 22;
    private const int HashBytes = 23;
    private const int HashCharacters = 31;
    private const int PrefixLength = 7;
    private const int Length = PrefixLength + SaltCharacters + HashCharacters;
    private const int FinalRounds = 64;

    /// <summary>Hashes a password with a fresh salt.</summary>
    /// <exception cref="ArgumentException">The password is longer than 72 bytes.</exception>
    public static byte[] Hash(ReadOnlySpan<byte> password, int cost = DefaultCost)
    {
        Span<byte> salt = stackalloc byte[SaltBytes];
        RandomNumberGenerator.Fill(salt);
        return Hash(password, salt, cost);
    }

    internal static byte[] Hash(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost)
    {
        if (password.Length > MaxPasswordBytes)
            throw new ArgumentException($"A password has at most {MaxPasswordBytes} bytes.", nameof(password));
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, MinCost);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, MaxCost);

        var text = new byte[Length];
        "$2a$00$"u8.CopyTo(text);
        text[4] = (byte)('0' + (cost / 10));
        text[5] = (byte)('0' + (cost % 10));
        BcryptBase64.Encode(salt, text.AsSpan(PrefixLength));
        Span<byte> hash = stackalloc byte[HashBytes];
        Compute(password, salt, cost, hash);
        BcryptBase64.Encode(hash, text.AsSpan(PrefixLength + SaltCharacters));
        return text;
    }

    /// <summary>Whether the password makes this hash. False for anything that is not a bcrypt hash.</summary>
    public static bool Verify(ReadOnlySpan<byte> password, ReadOnlySpan<byte> text)
    {
        if (text.Length != Length || !text.StartsWith("$2"u8) || text[2] is not ((byte)'a' or (byte)'b' or (byte)'y')) return false;
        if (text[3] != '$' || text[6] != '$' || !char.IsAsciiDigit((char)text[4]) || !char.IsAsciiDigit((char)text[5])) return false;
        var cost = ((text[4] - '0') * 10) + text[5] - '0';
        if (cost is < MinCost or > MaxCost) return false;

        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> expected = stackalloc byte[HashBytes];
        if (!BcryptBase64.TryDecode(text.Slice(PrefixLength, SaltCharacters), salt)
            || !BcryptBase64.TryDecode(text[(PrefixLength + SaltCharacters)..], expected))
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashBytes];
        Compute(password[..Math.Min(password.Length, MaxPasswordBytes)], salt, cost, hash);
        return CryptographicOperations.FixedTimeEquals(hash, expected);
    }

    private static void Compute(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int cost, Span<byte> hash)
    {
        Span<byte> terminated = stackalloc byte[password.Length + 1];
        password.CopyTo(terminated);
        Span<uint> key = stackalloc uint[BlowfishConstants.SubkeyCount];
        Span<uint> saltKey = stackalloc uint[BlowfishConstants.SubkeyCount];
        Repeat(terminated, key);
        Repeat(salt, saltKey);

        var cipher = new Blowfish();
        cipher.ExpandKey(key, saltKey);
        for (var round = 1UL << cost; round > 0; round--)
        {
            cipher.ExpandKey(key);
            cipher.ExpandKey(saltKey);
        }

        Span<byte> text = stackalloc byte[24];
        "OrpheanBeholderScryDoubt"u8.CopyTo(text);
        for (var block = 0; block < text.Length; block += 2 * sizeof(uint))
        {
            var left = BinaryPrimitives.ReadUInt32BigEndian(text[block..]);
            var right = BinaryPrimitives.ReadUInt32BigEndian(text[(block + sizeof(uint))..]);
            for (var i = 0; i < FinalRounds; i++) cipher.Encrypt(ref left, ref right);
            BinaryPrimitives.WriteUInt32BigEndian(text[block..], left);
            BinaryPrimitives.WriteUInt32BigEndian(text[(block + sizeof(uint))..], right);
        }

        text[..HashBytes].CopyTo(hash);
        CryptographicOperations.ZeroMemory(terminated);
    }

    /// <summary>Fills the words with the bytes, begun again as often as needed.</summary>
    private static void Repeat(ReadOnlySpan<byte> bytes, Span<uint> words)
    {
        var at = 0;
        foreach (ref var word in words)
        {
            word = 0;
            for (var i = 0; i < sizeof(uint); i++)
            {
                word = (word << 8) | bytes[at];
                at = at + 1 == bytes.Length ? 0 : at + 1;
            }
        }
    }
}
