using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nakama.Tests.Identity;

/// <summary>A key of a provider: makes tokens and signatures, and shows its public half in the forms that providers use.</summary>
internal sealed class TokenMaker(string id, RSA rsa)
{
    private static readonly RSA First = RSA.Create(2048);
    private static readonly RSA Second = RSA.Create(2048);

    public string Id => id;

    public RSA Rsa => rsa;

    /// <summary>The key that a provider publishes.</summary>
    public static TokenMaker Published(string id = "key-1") => new(id, First);

    /// <summary>Another key, that of a forger or of the day after.</summary>
    public static TokenMaker Other(string id = "key-2") => new(id, Second);

    /// <summary>A token with the claims, and a header that says what the test wants it to say.</summary>
    public string Token(object claims, string algorithm = "RS256", string? keyId = null)
    {
        var signed = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = keyId ?? id, typ = "JWT" }))
            + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        return signed + "." + Encode(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The key as one of a JSON Web Key Set.</summary>
    public JsonObject JsonWebKey()
    {
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["kid"] = id,
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["n"] = Encode(key.Modulus!),
            ["e"] = Encode(key.Exponent!),
        };
    }

    /// <summary>A certificate of the key, signed by another key's authority or by itself.</summary>
    public X509Certificate2 Certificate(DateTimeOffset notAfter, X509Certificate2? authority = null)
    {
        var request = new CertificateRequest($"CN={id}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority is null, false, 0, true));
        var notBefore = DateTimeOffset.UnixEpoch.AddYears(50);
        return authority is null
            ? request.CreateSelfSigned(notBefore, notAfter)
            : request.Create(authority, notBefore, notAfter, [1, 2, 3, 4]);
    }

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
