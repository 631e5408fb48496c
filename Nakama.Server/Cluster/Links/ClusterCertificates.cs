using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Nakama.Server.Cluster.Links;

/// <summary>The certificate of this node and the authority that all nodes trust.</summary>
internal sealed class ClusterCertificates : IDisposable
{
    private readonly X509Certificate2Collection _authorities;

    private ClusterCertificates(X509Certificate2 own, X509Certificate2Collection authorities) => (Own, _authorities) = (own, authorities);

    public X509Certificate2 Own { get; }

    public static ClusterCertificates Load(ClusterOptions options)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.SslAuthority);
        if (authorities.Count == 0) throw new CryptographicException($"{options.SslAuthority} has no certificate");
        using var read = X509Certificate2.CreateFromPemFile(options.SslCertificate, options.SslPrivateKey);
        // Windows cannot use a key that exists only in memory.
        return new(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), authorities);
    }

    /// <summary>
    /// Whether the authority has signed a certificate, on either side of a connection. Names are not compared: nodes have
    /// addresses that change, and the authority signs for nodes only.
    /// </summary>
    public bool IsTrusted(X509Certificate? certificate)
    {
        if (certificate is null) return false;
        using var other = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(other);
    }

    public void Dispose()
    {
        Own.Dispose();
        foreach (var authority in _authorities) authority.Dispose();
    }
}
