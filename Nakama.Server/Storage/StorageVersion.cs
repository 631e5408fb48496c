using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Storage;

/// <summary>Derived from the text of a value as submitted; the database stores the value in another form.</summary>
internal static class StorageVersion
{
    /// <summary>The MD5 of the text's bytes, in lower-case hex.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "It tells versions apart and protects nothing; clients know the form.")]
    public static string Of(string value)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(value, bytes)), hash);
        ArrayPool<byte>.Shared.Return(bytes);
        return Convert.ToHexStringLower(hash);
    }
}
