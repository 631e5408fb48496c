using System.Security.Cryptography;
using System.Text.Json;
using Nakama.Server.Outbound;

namespace Nakama.Server.Identity;

/// <summary>
/// The keys at a provider's URL, fetched when first needed and cached for as long as the response allows. There
/// is one fetch at a time. An unknown key id may be a new key, so it causes a fetch too, but at most once every half
/// minute.
/// </summary>
internal sealed class PublishedKeys(Uri address, KeyReader read, OutboundHttp http, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan PauseAfterSuccess = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private KeyRing _ring = KeyRing.Empty;
    private Task<KeyRing>? _fetching;
    private DateTimeOffset _mayFetchAt = DateTimeOffset.MinValue;

    /// <summary>The key with an id; null when the provider has no such key or cannot be reached.</summary>
    public async ValueTask<SigningKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var ring = Volatile.Read(ref _ring);
        if (Find(ring, keyId) is { } key) return key;
        return Find(await RefreshAsync(ring).WaitAsync(cancellationToken), keyId);
    }

    private SigningKey? Find(KeyRing ring, string keyId)
    {
        var now = time.GetUtcNow();
        return now < ring.FreshUntil && ring.Keys.TryGetValue(keyId, out var key) && now < key.NotAfter ? key : null;
    }

    private Task<KeyRing> RefreshAsync(KeyRing seen)
    {
        lock (_lock)
        {
            if (_fetching is { IsCompleted: false }) return _fetching;
            if (!ReferenceEquals(_ring, seen) || time.GetUtcNow() < _mayFetchAt) return Task.FromResult(_ring);
            // A caller's cancellation does not cancel the fetch: others may be waiting for it too.
            return _fetching = Task.Run(FetchAsync);
        }
    }

    private async Task<KeyRing> FetchAsync()
    {
        var answer = await http.GetAsync(address, CancellationToken.None);
        var now = time.GetUtcNow();
        KeyRing? fetched = null;
        if (!answer.IsOk)
        {
            SocialLog.KeysFailed(log, address.Host, answer.Problem);
        }
        else
        {
            try
            {
                fetched = read(answer.Body, now);
            }
            catch (Exception e) when (e is JsonException or FormatException or CryptographicException or KeyNotFoundException
                or InvalidOperationException or ArgumentException)
            {
                SocialLog.KeysFailed(log, address.Host, e.Message);
            }
        }

        lock (_lock)
        {
            _mayFetchAt = now + (fetched is null ? PauseAfterFailure : PauseAfterSuccess);
            if (fetched is not null) _ring = fetched;
            return _ring;
        }
    }
}
