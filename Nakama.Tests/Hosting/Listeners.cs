using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Hosting;

public sealed class Listeners : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task With_a_certificate_the_port_speaks_TLS_and_tells_plain_HTTP_so()
    {
        WriteCertificate();
        await using var server = await TestServer.StartAsync(options => options with
        {
            Socket = options.Socket with { SslCertificate = Path.Combine(_folder, "cert.pem"), SslPrivateKey = Path.Combine(_folder, "key.pem") },
        });

        var answer = await server.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Client sent an HTTP request to an HTTPS server.\n", await answer.Content.ReadAsStringAsync());

        using var client = new TcpClient("127.0.0.1", server.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "nakama.test",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_folder, "cert.pem")) },
            },
        });
        Assert.Equal("CN=nakama.test", tls.RemoteCertificate!.Subject);
    }

    [Fact]
    public async Task Headers_that_are_too_long_are_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = new TcpClient("127.0.0.1", server.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 9300)}\r\n\r\n"));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 431 Request Header Fields Too Large", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_is_too_large_gets_the_doors_own_answer(bool isChunked)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/account/authenticate/device")
        {
            Content = new ByteArrayContent(new byte[server.Options.Socket.MaxRequestSizeBytes + 1]),
        };
        request.Headers.TransferEncodingChunked = isChunked;

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("""{"code":3,"message":"http: request body too large"}""", await answer.Content.ReadAsStringAsync());
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=nakama.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("nakama.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
