using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Nakama.Tests.Purchases;

/// <summary>Signs as the App Store does, with a root of its own in the place of Apple's.</summary>
internal sealed class AppleSigner : IDisposable
{
    private const string StoreSigner = "1.2.840.113635.100.6.11.1";
    private const string DeveloperRelations = "1.2.840.113635.100.6.2.1";
    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string[] _chain;

    /// <param name="leafEnd">When the signer's certificate ends.</param>
    /// <param name="isMarked">Whether the certificates say that they are the store's.</param>
    /// <param name="root">The root of another signer, to be shown without having its key.</param>
    public AppleSigner(DateTimeOffset? leafEnd = null, bool isMarked = true, X509Certificate2? root = null)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var rootRequest = Request("Root", rootKey, isAuthority: true, mark: null);
        Root = rootRequest.CreateSelfSigned(Begin, End);
        using var middle = Request("Intermediate", middleKey, isAuthority: true, isMarked ? DeveloperRelations : null)
            .Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), Begin, End, [1, 2, 3]);
        using var leaf = Request("Leaf", _leafKey, isAuthority: false, isMarked ? StoreSigner : null)
            .Create(middle.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), Begin, leafEnd ?? End, [1, 2, 4]);
        _chain = [.. new[] { leaf, middle, root ?? Root }.Select(certificate => Convert.ToBase64String(certificate.RawData))];
    }

    public X509Certificate2 Root { get; }

    public string Sign(object payload) => SignJson(JsonSerializer.Serialize(payload));

    public string SignJson(string payload, string algorithm = "ES256")
    {
        var text = Encode(JsonSerializer.Serialize(new { alg = algorithm, x5c = _chain })) + "." + Encode(payload);
        return text + "." + Base64Url.EncodeToString(_leafKey.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256));
    }

    public void Dispose()
    {
        _leafKey.Dispose();
        Root.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority, string? mark)
    {
        var request = new CertificateRequest($"CN=Test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (mark is not null) request.CertificateExtensions.Add(new X509Extension(mark, [5, 0], critical: false));
        return request;
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
