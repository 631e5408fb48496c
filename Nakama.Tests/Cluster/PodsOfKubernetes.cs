using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nakama.Server.Cluster.Joining;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>Finding pods through the API of Kubernetes, which a small server of this test plays.</summary>
public sealed class PodsOfKubernetes : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Unique.Name("pods"))).FullName;

    [Fact]
    public async Task The_addresses_of_pods_with_the_label_are_found_except_those_that_end()
    {
        var asked = "";
        await using var api = await StartAsync(async context =>
        {
            asked = $"{context.Request.Headers.Authorization} {context.Request.Path}{context.Request.QueryString}";
            await context.Response.WriteAsync(
                """
                {"items": [
                  {"metadata": {"name": "one"}, "status": {"phase": "Running", "podIP": "10.0.0.1"}},
                  {"metadata": {"name": "two", "deletionTimestamp": "2026-01-01T00:00:00Z"}, "status": {"phase": "Running", "podIP": "10.0.0.2"}},
                  {"metadata": {"name": "three"}, "status": {"phase": "Pending"}},
                  {"metadata": {"name": "four"}, "status": {"phase": "Running", "podIP": "fd00::4"}}]}
                """);
        });

        var found = await KubernetesPods.FindAsync(AccessTo(api), "app=nakama", CancellationToken.None);

        Assert.Equal(["10.0.0.1", "fd00::4"], found);
        Assert.Equal("Bearer the-token /api/v1/namespaces/games/pods?labelSelector=app%3Dnakama", asked);
    }

    [Theory]
    [InlineData(403, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "no json")]
    public async Task An_answer_without_a_list_is_an_error_that_the_search_for_members_survives(int status, string body)
    {
        await using var api = await StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });

        var error = await Assert.ThrowsAnyAsync<Exception>(() => KubernetesPods.FindAsync(AccessTo(api), "app=nakama", CancellationToken.None));

        Assert.True(error is InvalidOperationException or HttpRequestException, error.ToString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private KubernetesAccess AccessTo(WebApplication api)
    {
        var address = api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new KubernetesAccess(new Uri(address + "/"), _folder);
    }

    private async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kubernetes", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(_folder, "ca.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "token"), "the-token\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "namespace"), "games");
        var server = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server)));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
