using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Nakama.Server.Outbound;

namespace Nakama.Server.ConsoleApi.Oidc;

/// <summary>
/// Reads the discovery document and the keys of the issuer, when they are first needed and then once an hour. There is one
/// fetch at a time. A token with an unknown key may have a new one, so it causes a fetch too, but at most one every half
/// minute.
/// </summary>
internal sealed class OidcIssuer(ConsoleOptions options, OutboundHttp http, TimeProvider time, ILogger<OidcIssuer> log)
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    /// <summary>Shorter keys are considered breakable.</summary>
    private const int MinRsaBits = 2048;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterSuccess = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly string _issuer = options.Oidc.Issuer;
    private OidcMetadata? _metadata;
    private Task<OidcMetadata?>? _fetching;
    private DateTimeOffset _mayFetchAt = DateTimeOffset.MinValue;

    /// <summary>Null when the issuer cannot be reached, or what it publishes is invalid.</summary>
    public async ValueTask<OidcMetadata?> FindAsync(CancellationToken cancellationToken)
    {
        var metadata = Volatile.Read(ref _metadata);
        return Fresh(metadata) ?? Fresh(await FetchOnceAsync(metadata).WaitAsync(cancellationToken));
    }

    /// <summary>The documents after the given ones; null when there are none yet.</summary>
    public async ValueTask<OidcMetadata?> FindNewerAsync(OidcMetadata seen, CancellationToken cancellationToken)
    {
        var newer = Fresh(await FetchOnceAsync(seen).WaitAsync(cancellationToken));
        return ReferenceEquals(newer, seen) ? null : newer;
    }

    private OidcMetadata? Fresh(OidcMetadata? metadata) => metadata is not null && time.GetUtcNow() < metadata.FreshUntil ? metadata : null;

    private Task<OidcMetadata?> FetchOnceAsync(OidcMetadata? seen)
    {
        lock (_lock)
        {
            if (_fetching is { IsCompleted: false }) return _fetching;
            if (!ReferenceEquals(_metadata, seen) || time.GetUtcNow() < _mayFetchAt) return Task.FromResult(_metadata);
            // A caller's cancellation does not cancel the fetch: others may be waiting for it too.
            return _fetching = Task.Run(FetchAsync);
        }
    }

    private async Task<OidcMetadata?> FetchAsync()
    {
        OidcMetadata? fetched = null;
        try
        {
            var discovery = OpenIdConnectConfiguration.Create(await ReadAsync(_issuer.TrimEnd('/') + DiscoveryPath));
            // A document of another issuer would make its tokens valid here.
            if (discovery.Issuer?.TrimEnd('/') != _issuer.TrimEnd('/')) throw new FormatException("the discovery document is of another issuer");
            if (!OidcOptions.IsSafeAddress(discovery.JwksUri ?? "")) throw new FormatException("the address of the keys is missing or not secure");
            SecurityKey[] keys = [.. new JsonWebKeySet(await ReadAsync(discovery.JwksUri!)).GetSigningKeys().Where(IsStrong)];
            if (keys.Length == 0) throw new FormatException("there is no usable key");
            fetched = new OidcMetadata(discovery.Issuer!, keys, time.GetUtcNow() + Lifetime);
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or InvalidOperationException)
        {
            OidcLog.MetadataFailed(log, new Uri(_issuer).Host, e.Message);
        }

        lock (_lock)
        {
            _mayFetchAt = time.GetUtcNow() + (fetched is null ? PauseAfterFailure : PauseAfterSuccess);
            if (fetched is not null) _metadata = fetched;
            return _metadata;
        }
    }

    private static bool IsStrong(SecurityKey key) => key is ECDsaSecurityKey || key.KeySize >= MinRsaBits;

    private async ValueTask<string> ReadAsync(string address)
    {
        var answer = await http.GetAsync(new Uri(address), CancellationToken.None);
        return answer.IsOk ? Encoding.UTF8.GetString(answer.Body) : throw new InvalidOperationException(answer.Problem);
    }
}
