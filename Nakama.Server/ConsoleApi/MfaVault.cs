using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.ConsoleApi;

/// <summary>Encrypts second-step secrets and recovery codes for the database: nonce, ciphertext, tag.</summary>
internal sealed class MfaVault(MfaOptions options)
{
    private const int RecoveryCodeCount = 16;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.StorageEncryptionKey);

    /// <summary>New codes of eight digits, none of which begins with a zero.</summary>
    public static string[] CreateRecoveryCodes() =>
        [.. Enumerable.Range(0, RecoveryCodeCount).Select(_ => RandomNumberGenerator.GetInt32(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture))];

    public byte[] Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var stored = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(stored.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(stored.AsSpan(0, NonceBytes), plain, stored.AsSpan(NonceBytes, plain.Length), stored.AsSpan(NonceBytes + plain.Length));
        return stored;
    }

    /// <exception cref="CryptographicException">The text was encrypted with another key.</exception>
    public string Open(byte[] stored)
    {
        if (stored.Length < NonceBytes + TagBytes) throw new CryptographicException("The stored text is too short.");
        var plain = new byte[stored.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes, plain.Length), stored.AsSpan(NonceBytes + plain.Length), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
