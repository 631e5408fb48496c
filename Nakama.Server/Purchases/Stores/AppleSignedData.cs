using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Nakama.Server.Errors;

namespace Nakama.Server.Purchases.Stores;

/// <summary>
/// Verifies and reads data that Apple signed: <c>header.payload.signature</c>, where the header contains the certificate
/// chain from the signer up to Apple's root.
/// </summary>
internal sealed class AppleSignedData(IapOptions options, TimeProvider time) : IDisposable
{
    /// <summary>Certificate extensions by which Apple marks the purpose of a certificate; its root also issues others.</summary>
    private const string StoreSigner = "1.2.840.113635.100.6.11.1";
    private const string DeveloperRelations = "1.2.840.113635.100.6.2.1";

    private const int Parts = 3;
    private const int ChainLength = 3;
    private const int SignatureBytes = 64;
    private const int KeyBits = 256;

    private readonly X509Certificate2 _root = AppleRoot.Load(options.Apple.RootCertificate);

    /// <summary>Whether a receipt is of this kind and not one of the older ones.</summary>
    public static bool IsSigned(string receipt) => receipt.AsSpan().Count('.') == Parts - 1;

    /// <summary>Verifies the signature and returns the payload.</summary>
    /// <exception cref="ApiException">The data is not signed by Apple.</exception>
    public JsonElement Open(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != Parts) throw Refused("it has not three parts");
        var header = Decode(parts[0]);
        if (header.Text("alg") != "ES256") throw Refused("its algorithm is not ES256");

        using var leaf = Certificate(header, 0);
        using var intermediate = Certificate(header, 1);
        using var last = Certificate(header, ChainLength - 1);
        if (!IsTrusted(leaf, intermediate)) throw Refused("its certificates do not lead to the root");

        using var key = leaf.GetECDsaPublicKey();
        if (key?.KeySize != KeyBits) throw Refused("its key is of another kind");
        var signed = Encoding.ASCII.GetBytes(text, 0, text.LastIndexOf('.'));
        var signature = Bytes(parts[2]);
        if (signature.Length != SignatureBytes || !key.VerifyData(signed, signature, HashAlgorithmName.SHA256))
            throw Refused("its signature is wrong");
        return Decode(parts[1]);
    }

    /// <summary>The payload of a part nested in data that <see cref="Open"/> has verified; the outer signature suffices.</summary>
    /// <exception cref="ApiException">It has no payload.</exception>
    public static JsonElement Peek(string text) =>
        text.Split('.') is { Length: Parts } parts ? Decode(parts[1]) : throw Refused("it has not three parts");

    public void Dispose() => _root.Dispose();

    private bool IsTrusted(X509Certificate2 leaf, X509Certificate2 intermediate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ExtraStore.Add(intermediate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        return chain.Build(leaf)
            && chain.ChainElements.Count == ChainLength
            && chain.ChainElements[1].Certificate.RawDataMemory.Span.SequenceEqual(intermediate.RawDataMemory.Span)
            && leaf.Extensions[StoreSigner] is not null
            && intermediate.Extensions[DeveloperRelations] is not null;
    }

    private static X509Certificate2 Certificate(JsonElement header, int index)
    {
        if (!header.TryGetProperty("x5c", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < ChainLength
            || list[index].ValueKind != JsonValueKind.String)
        {
            throw Refused("it has not three certificates");
        }

        try
        {
            return X509CertificateLoader.LoadCertificate(list[index].GetBytesFromBase64());
        }
        catch (Exception e) when (e is FormatException or CryptographicException or InvalidOperationException)
        {
            throw Refused("a certificate of it is none");
        }
    }

    private static JsonElement Decode(string part) => StoreJson.Parse(Bytes(part)) ?? throw Refused("it holds no JSON");

    private static byte[] Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            throw Refused("it is not in base64");
        }
    }

    private static ApiException Refused(string reason) => PurchaseErrors.MalformedAs($"signed receipt is invalid: {reason}");
}
