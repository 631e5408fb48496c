using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nakama.Server.Outbound;

namespace Nakama.Server.Identity;

/// <summary>
/// The certificates of Game Center by the URLs that clients send. Only Apple's hosts are contacted, each URL is fetched once
/// at a time, and a limited number of keys is cached for an hour.
/// </summary>
internal sealed class GameCenterKeys(SocialGameCenterOptions options, OutboundHttp http, TimeProvider time, ILogger log) : IDisposable
{
    private const string Apple = ".apple.com";
    private const int MaxUrlLength = 512;
    private const int MaxKeys = 64;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<Uri, Entry> _entries = [];
    private readonly X509Certificate2Collection _authorities = Load(options.Authorities);

    /// <summary>The key for a URL; null when the URL is not Apple's or has no trusted certificate.</summary>
    public async ValueTask<SigningKey?> FindAsync(string url, CancellationToken cancellationToken) =>
        AppleUri(url) is { } address ? await EntryOf(address).Key.WaitAsync(cancellationToken) : null;

    public void Dispose()
    {
        foreach (var authority in _authorities) authority.Dispose();
    }

    /// <summary>Null unless the URL is one of Apple's: https, a host below apple.com without a port, and a path.</summary>
    internal static Uri? AppleUri(string url) =>
        url.Length <= MaxUrlLength && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 && address.AbsolutePath.Length > 1
        && address.IsDefaultPort && address.IdnHost.EndsWith(Apple, StringComparison.OrdinalIgnoreCase)
            ? address
            : null;

    private Entry EntryOf(Uri address)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_entries.TryGetValue(address, out var entry) && now < entry.FreshUntil) return entry;
            if (_entries.Count >= MaxKeys) _entries.Remove(_entries.MinBy(pair => pair.Value.FreshUntil).Key);
            return _entries[address] = entry = new Entry(now + Lifetime, self => Task.Run(() => FetchAsync(address, self)));
        }
    }

    private async Task<SigningKey?> FetchAsync(Uri address, Entry entry)
    {
        var from = options.Address.Length == 0 ? address : SocialAnswer.Address(options.Address, address.PathAndQuery);
        var answer = await http.GetAsync(from, CancellationToken.None);
        var now = time.GetUtcNow();
        var key = answer.IsOk ? Read(answer.Body, now) : null;
        if (key is not null) return key;

        SocialLog.KeysFailed(log, from.Host, answer.IsOk ? "no certificate to believe" : answer.Problem);
        lock (_lock) entry.FreshUntil = now + PauseAfterFailure;
        return null;
    }

    private SigningKey? Read(byte[] body, DateTimeOffset now)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(body);
            using var rsa = certificate.GetRSAPublicKey();
            if (rsa is null || !IsBacked(certificate, now)) return null;
            var key = new SigningKey(rsa.ExportParameters(includePrivateParameters: false), DateTimeOffset.MaxValue);
            return key.IsStrong ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the certificate chains to one of the configured authorities now; without any, the TLS connection is trusted.
    /// </summary>
    private bool IsBacked(X509Certificate2 certificate, DateTimeOffset now)
    {
        if (_authorities.Count == 0) return true;
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = now.UtcDateTime;
        policy.VerificationTimeIgnored = false;
        foreach (var authority in _authorities)
            (authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData) ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        var isBacked = chain.Build(certificate);
        foreach (var element in chain.ChainElements) element.Certificate.Dispose();
        return isBacked;
    }

    private static X509Certificate2Collection Load(string file)
    {
        var authorities = new X509Certificate2Collection();
        if (file.Length > 0) authorities.ImportFromPemFile(file);
        return authorities;
    }

    /// <summary>A running or completed fetch, and until when its result is used. The time is guarded by the lock.</summary>
    private sealed class Entry
    {
        public Entry(DateTimeOffset freshUntil, Func<Entry, Task<SigningKey?>> fetch)
        {
            FreshUntil = freshUntil;
            Key = fetch(this);
        }

        public DateTimeOffset FreshUntil { get; set; }

        public Task<SigningKey?> Key { get; }
    }
}
