using System.Text;
using BCrypt.Net;
using Package = BCrypt.Net.BCrypt;

namespace Nakama.Server.Security;

/// <summary>
/// The bcrypt password hash: <c>$2a$</c>, two digits of cost, and 53 characters of salt and hash. New hashes are
/// <c>$2a$13$</c>; <c>$2a$</c>, <c>$2b$</c> and <c>$2y$</c> of any cost are verified, as they are equivalent here.
/// </summary>
public static class Bcrypt
{
    /// <summary>Longer passwords cannot be hashed; verification uses only this many bytes.</summary>
    public const int MaxPasswordBytes = 72;

    public const int DefaultCost = 13;

    /// <summary>A hash that matches no password, with the same cost as new hashes.</summary>
    internal static readonly byte[] NobodysHash = "$2a$13$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZabcde"u8.ToArray();

    private const int MinCost = 4;
    private const int MaxCost = 31;
    private const int Length = 60;

    // The package accepts text only, so bytes that are not valid text cannot be hashed.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Hashes a password with a fresh salt.</summary>
    /// <exception cref="ArgumentException">The password is longer than 72 bytes, or is not valid UTF-8.</exception>
    public static byte[] Hash(ReadOnlySpan<byte> password, int cost = DefaultCost)
    {
        // The package would silently truncate it.
        if (password.Length > MaxPasswordBytes)
            throw new ArgumentException($"A password has at most {MaxPasswordBytes} bytes.", nameof(password));
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, MinCost);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cost, MaxCost);
        return Encoding.ASCII.GetBytes(Package.HashPassword(Utf8.GetString(password), cost));
    }

    /// <summary>Whether the password matches the hash. False for anything that is not a bcrypt hash.</summary>
    public static bool Verify(ReadOnlySpan<byte> password, ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Length || !hash.StartsWith("$2"u8) || hash[2] is not ((byte)'a' or (byte)'b' or (byte)'y')) return false;
        try
        {
            return Package.Verify(Utf8.GetString(password), Encoding.ASCII.GetString(hash));
        }
        catch (Exception e) when (e is SaltParseException or ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether the bytes can be hashed.</summary>
    public static bool MayHash(ReadOnlySpan<byte> password) =>
        password.Length <= MaxPasswordBytes && System.Text.Unicode.Utf8.IsValid(password);
}
