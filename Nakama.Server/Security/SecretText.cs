using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Security;

/// <summary>A configured secret that callers have to name. Comparing takes the same time however close they come.</summary>
public sealed class SecretText
{
    private readonly byte[] _hash;

    public SecretText(string secret) => _hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Whether the UTF-8 bytes are the secret.</summary>
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

/// <summary>The key that games show before anyone is signed in: <c>socket.server_key</c>.</summary>
public sealed class ServerKey(SocketOptions options)
{
    private readonly SecretText _secret = new(options.ServerKey);

    /// <inheritdoc cref="SecretText.IsEqualTo(ReadOnlySpan{byte})"/>
    public bool IsEqualTo(ReadOnlySpan<byte> text) => _secret.IsEqualTo(text);
}

/// <summary>The key that other servers show to call functions: <c>runtime.http_key</c>.</summary>
public sealed class HttpKey(RuntimeOptions options)
{
    private readonly SecretText _secret = new(options.HttpKey);

    /// <inheritdoc cref="SecretText.IsEqualTo(ReadOnlySpan{byte})"/>
    public bool IsEqualTo(ReadOnlySpan<byte> text) => _secret.IsEqualTo(text);

    /// <inheritdoc cref="SecretText.IsEqualTo(string)"/>
    public bool IsEqualTo(string text) => _secret.IsEqualTo(text);
}
