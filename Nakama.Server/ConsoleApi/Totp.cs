using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nakama.Server.ConsoleApi;

/// <summary>Codes of authenticator apps: six digits from a shared secret and the time, renewed every thirty seconds.</summary>
internal static class Totp
{
    public const int Digits = 6;
    private const int SecretBytes = 10;
    private const int StepSec = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new secret in the format of apps: 16 characters of base 32.</summary>
    public static string CreateSecret()
    {
        var bytes = RandomNumberGenerator.GetBytes(SecretBytes);
        var text = new char[SecretBytes * 8 / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < i * 5 + 5; bit++) value = (value << 1) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1);
            text[i] = Alphabet[value];
        }

        return new string(text);
    }

    /// <summary>The step of the code: the current one, the previous, or the next. Null when it matches none of them.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        var key = Decode(secret);
        var step = now.ToUnixTimeSeconds() / StepSec;
        long? found = null;
        for (var offset = -1; offset <= 1; offset++)
        {
            if (CryptographicOperations.FixedTimeEquals(Code(key, step + offset), Ascii(code))) found = step + offset;
        }

        return found;
    }

    /// <summary>The code of one moment.</summary>
    internal static string CodeAt(string secret, DateTimeOffset instant) =>
        System.Text.Encoding.ASCII.GetString(Code(Decode(secret), instant.ToUnixTimeSeconds() / StepSec));

    // Authenticator apps require SHA-1.
#pragma warning disable CA5350
    private static byte[] Code(byte[] key, long step)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        var hash = HMACSHA1.HashData(key, message);
        var number = (BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue) % 1_000_000;
        return Ascii(number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture));
    }
#pragma warning restore CA5350

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Decode(string secret)
    {
        var bytes = new byte[secret.Length * 5 / 8];
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var value = Alphabet.IndexOf(secret[bit / 5], StringComparison.Ordinal);
            if ((value >> (4 - bit % 5) & 1) != 0) bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return bytes;
    }
}
