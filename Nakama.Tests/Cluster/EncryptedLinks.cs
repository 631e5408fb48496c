using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Links;
using Nakama.Tests.Cluster.Links;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>Nodes with certificates of an authority of their own.</summary>
[Collection(nameof(Alone))]
public sealed class EncryptedLinks : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Unique.Name("certificates"))).FullName;

    [Fact]
    public async Task They_form_a_cluster_over_TLS_and_a_stranger_without_a_certificate_of_the_authority_stays_outside()
    {
        using var authority = Authority.Create(_folder, "ca");
        var options = authority.OptionsFor(_folder, "node");
        await using var cluster = await TestCluster.StartOverLinksAsync(settings => settings with { Cluster = options });
        var address = cluster.Nodes[0].Services.GetRequiredService<LinkIdentity>().Address;
        var secret = cluster.Nodes[0].Services.GetRequiredService<ClusterSecret>();

        using var others = Authority.Create(_folder, "other-ca");
        // The stranger trusts the nodes, and even has their secret.
        using var certificates = ClusterCertificates.Load(others.OptionsFor(_folder, "stranger") with { SslAuthority = options.SslAuthority });
        var stranger = new LinkDialer(LinkPair.Identity("stranger", 1), secret, certificates, TimeProvider.System);
        var plain = new LinkDialer(LinkPair.Identity("stranger", 1), secret, null, TimeProvider.System);
        using var own = ClusterCertificates.Load(options);
        var member = new LinkDialer(LinkPair.Identity("stranger", 1), secret, own, TimeProvider.System);

        await Assert.ThrowsAsync<LinkException>(() => stranger.ProbeAsync(address, CancellationToken.None));
        await Assert.ThrowsAsync<LinkException>(() => plain.ProbeAsync(address, CancellationToken.None));
        Assert.Equal("node1", (await member.ProbeAsync(address, CancellationToken.None)).Name);
        await SocketNode.UntilAsync(() => cluster.Nodes.TrueForAll(static node => node.Services.GetRequiredService<MessageBus>().Others.Length == 2));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Signs certificates of nodes.</summary>
    private sealed class Authority(X509Certificate2 certificate, string file) : IDisposable
    {
        public static Authority Create(string folder, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var now = TimeProvider.System.GetUtcNow();
            var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
            var file = Path.Combine(folder, name + ".pem");
            File.WriteAllText(file, made.ExportCertificatePem());
            return new Authority(made, file);
        }

        public ClusterOptions OptionsFor(string folder, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var now = TimeProvider.System.GetUtcNow();
            using var signed = request.Create(certificate, now.AddHours(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
            var (certificateFile, keyFile) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key"));
            File.WriteAllText(certificateFile, signed.ExportCertificatePem());
            File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
            return new ClusterOptions { SslCertificate = certificateFile, SslPrivateKey = keyFile, SslAuthority = file };
        }

        public void Dispose() => certificate.Dispose();
    }
}
