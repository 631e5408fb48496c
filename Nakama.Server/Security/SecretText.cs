using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Security;

/// <summary>A configured secret that callers have to present. The comparison takes constant time.</summary>
public sealed class SecretText
{
    private readonly byte[] _hash;

    public SecretText(string secret) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether the UTF-8 bytes equal the secret.</summary>
    public bool IsEqualTo(ReadOnlySpan<byte> text)
    {
        // Comparing hashes hides the secret's length too.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }

    /// <inheritdoc cref="IsEqualTo(ReadOnlySpan{byte})"/>
    public bool IsEqualTo(string text) => IsEqualTo(Encoding.UTF8.GetBytes(text));
}

/// <summary>The key that games present before a user is signed in: <c>socket.server_key</c>.</summary>
public sealed class ServerKey(string key)
{
    private readonly SecretText _secret = new(key);

    /// <inheritdoc cref="SecretText.IsEqualTo(ReadOnlySpan{byte})"/>
    public bool IsEqualTo(ReadOnlySpan<byte> text) => _secret.IsEqualTo(text);
}

/// <summary>The key that other servers present to call functions: <c>runtime.http_key</c>.</summary>
public sealed class HttpKey(string key)
{
    private readonly SecretText _secret = new(key);

    /// <inheritdoc cref="SecretText.IsEqualTo(ReadOnlySpan{byte})"/>
    public bool IsEqualTo(ReadOnlySpan<byte> text) => _secret.IsEqualTo(text);

    /// <inheritdoc cref="SecretText.IsEqualTo(string)"/>
    public bool IsEqualTo(string text) => _secret.IsEqualTo(text);
}
