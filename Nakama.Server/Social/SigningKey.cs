using System.Security.Cryptography;

namespace Nakama.Server.Social;

/// <summary>A public RSA key that someone publishes, good until a time.</summary>
internal sealed record SigningKey(RSAParameters Parameters, DateTimeOffset NotAfter)
{
    private const int MinModulusBytes = 2048 / 8;

    /// <summary>Shorter keys are within reach of those who break them.</summary>
    public bool IsStrong => Parameters.Modulus?.Length >= MinModulusBytes;

    /// <summary>Checks a signature of RSASSA-PKCS1-v1_5 with SHA-256.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        // A key object is not made for several threads, and making one costs little.
        using var rsa = RSA.Create(Parameters);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
