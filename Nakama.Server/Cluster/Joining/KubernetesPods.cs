using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Nakama.Server.Cluster.Joining;

/// <summary>
/// Where a pod reaches the API of its Kubernetes cluster.
/// </summary>
/// <param name="Address">The address of the API.</param>
/// <param name="Folder">The folder with the token, the certificate of the authority, and the namespace.</param>
internal sealed record KubernetesAccess(Uri Address, string Folder)
{
    private const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>That of the pod in which this process runs.</summary>
    /// <exception cref="InvalidOperationException">It does not run in a pod.</exception>
    public static KubernetesAccess OfThisPod()
    {
        var (host, port) = (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"));
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port)) throw new InvalidOperationException("This process does not run in a pod.");
        return new(new Uri($"https://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}/"), ServiceAccountFolder);
    }
}

/// <summary>
/// Lists the addresses of the pods with a label, by one request to the API of Kubernetes. The pod's service account must be allowed to
/// list pods.
/// </summary>
internal static class KubernetesPods
{
    private const long MaxAnswerBytes = 32 * 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Task<IEnumerable<string>> FindAsync(string label, CancellationToken cancellationToken) =>
        FindAsync(KubernetesAccess.OfThisPod(), label, cancellationToken);

    public static async Task<IEnumerable<string>> FindAsync(KubernetesAccess access, string label, CancellationToken cancellationToken)
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(access.Folder, "token"), cancellationToken)).Trim();
        var space = (await File.ReadAllTextAsync(Path.Combine(access.Folder, "namespace"), cancellationToken)).Trim();
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(Path.Combine(access.Folder, "ca.crt"));
        }
        catch (CryptographicException e)
        {
            throw new InvalidOperationException("The authority of the Kubernetes API cannot be read.", e);
        }

        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Timeout };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        using var client = new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = MaxAnswerBytes };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var path = $"api/v1/namespaces/{Uri.EscapeDataString(space)}/pods?labelSelector={Uri.EscapeDataString(label)}";
        try
        {
            var answer = await client.GetByteArrayAsync(new Uri(access.Address, path), cancellationToken);
            using var json = JsonDocument.Parse(answer);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new InvalidOperationException("The Kubernetes API gave no list of pods.", e);
        }
    }

    private static List<string> Read(JsonElement list)
    {
        var addresses = new List<string>();
        foreach (var pod in list.GetProperty("items").EnumerateArray())
        {
            var isEnding = pod.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("deletionTimestamp", out _);
            if (!isEnding && pod.TryGetProperty("status", out var status) && status.TryGetProperty("podIP", out var address) && address.GetString() is { Length: > 0 } ip)
                addresses.Add(ip);
        }

        return addresses;
    }
}
