using System.Numerics;

namespace Nakama.Server.Security;

/// <summary>
/// The first state of the Blowfish cipher: the fraction of pi in 32-bit words, 18 for the subkeys and four times 256
/// for the substitution boxes. Computed once, exactly.
/// </summary>
internal static class BlowfishConstants
{
    public const int SubkeyCount = 18;
    public const int BoxWords = 4 * 256;

    private const int WordBits = 32;
    private const int GuardBits = 64;

    /// <summary>Subkeys first, then the boxes one after the other.</summary>
    public static readonly uint[] Words = Compute();

    private static uint[] Compute()
    {
        const int Count = SubkeyCount + BoxWords;
        const int FractionBits = Count * WordBits;

        // Machin: pi = 16 arctan(1/5) - 4 arctan(1/239).
        var one = BigInteger.One << (FractionBits + GuardBits);
        var pi = (16 * ArcTangentOfInverse(5, one)) - (4 * ArcTangentOfInverse(239, one));
        var fraction = (pi - (3 * one)) >> GuardBits;

        var bytes = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        var padded = new byte[Count * sizeof(uint)];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        var words = new uint[Count];
        for (var i = 0; i < Count; i++)
            words[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(i * sizeof(uint)));
        return words;
    }

    private static BigInteger ArcTangentOfInverse(int x, BigInteger one)
    {
        var power = one / x;
        var sum = power;
        for (var n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            var term = power / n;
            sum += n % 4 == 3 ? -term : term;
        }

        return sum;
    }
}
