using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Nakama.AppHost.Postgres;

namespace Nakama.AppHost;

/// <summary>
/// The certificate with which Aspire's orchestrator serves its own API on the loopback address; nothing else uses it. Without
/// one the orchestrator creates an RSA key at each start, which takes one to five seconds of processor time.
/// </summary>
internal sealed class OrchestratorCertificate(TimeProvider time, string folder) : IDeveloperCertificateService
{
    /// <summary>Marks development certificates of ASP.NET Core: Aspire passes no others to its orchestrator.</summary>
    private const string DevelopmentCertificateOid = "1.3.6.1.4.1.311.84.1.1";

    private const byte DevelopmentCertificateVersion = 2;
    private const string ServerAuthenticationOid = "1.3.6.1.5.5.7.3.1";
    private const string FileName = "orchestrator.pem";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(1);

    private ImmutableList<X509Certificate2>? _certificates;

    public ImmutableList<X509Certificate2> Certificates => _certificates ??= ReadOrCreate();

    public bool SupportsContainerTrust => false;

    public bool UseForHttps => false;

    public bool TrustCertificate => false;

    private ImmutableList<X509Certificate2> ReadOrCreate()
    {
        var file = Path.Combine(folder, FileName);
        var now = time.GetUtcNow();
        try
        {
            if (Read(file) is { } kept && kept.NotAfter.ToUniversalTime() > now.UtcDateTime + RenewBefore) return [kept];

            Directory.CreateDirectory(folder);
            var created = Create(now);
            // Another app host may start concurrently: each must see a complete file.
            var draft = $"{file}.{Environment.ProcessId}";
            DataFolder.WriteSecret(draft, created.ExportCertificatePem() + '\n' + created.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
            File.Move(draft, file, overwrite: true);
            return [created];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The orchestrator creates its own.
            return [];
        }
    }

    private static X509Certificate2? Read(string file)
    {
        try
        {
            return File.Exists(file) ? X509Certificate2.CreateFromPemFile(file) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(ServerAuthenticationOid)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509Extension(new Oid(DevelopmentCertificateOid), [DevelopmentCertificateVersion], critical: false));
        return request.CreateSelfSigned(now - RenewBefore, now + Lifetime);
    }
}

internal static class OrchestratorCertificateExtensions
{
    /// <summary>On Windows the orchestrator reads certificates from the user's store only.</summary>
    public static void AddOrchestratorCertificate(this IDistributedApplicationBuilder builder)
    {
        if (OperatingSystem.IsWindows()) return;
        builder.Services.AddSingleton<IDeveloperCertificateService>(new OrchestratorCertificate(TimeProvider.System, DataFolder.DefaultParent));
    }
}
