using System.Buffers.Binary;
using System.Text;
using Nakama.Protocol.Json;
using Nakama.Server.Outbound;

namespace Nakama.Server.Identity;

/// <summary>Players of Apple's Game Center, which present a signature made by Apple.</summary>
internal sealed class GameCenterPlayers : IDisposable
{
    private const string Provider = "Game Center";
    private const int MaxTextLength = 4096;

    private readonly SocialGameCenterOptions _options;
    private readonly GameCenterKeys _keys;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public GameCenterPlayers(SocialOptions options, OutboundHttp http, TimeProvider time, ILogger<GameCenterPlayers> log)
    {
        (_options, _time, _log) = (options.GameCenter, time, log);
        _keys = new GameCenterKeys(_options, http, time, log);
    }

    public void Dispose() => _keys.Dispose();

    /// <summary>The profile of the claim; null when the claim is invalid.</summary>
    public async ValueTask<SocialProfile?> VerifyAsync(GameCenterClaim claim, CancellationToken cancellationToken)
    {
        if (_options.BundleIds.Count > 0 && !_options.BundleIds.Contains(claim.BundleId)) return Refuse("it was made for someone else");
        var age = _time.GetUtcNow().ToUnixTimeMilliseconds() - (double)claim.Timestamp;
        if (_options.MaxAgeSec > 0 && Math.Abs(age) > _options.MaxAgeSec * 1000d) return Refuse("it is too old");
        if (Signed(claim) is not { } signed || Decode(claim.Signature) is not { } signature) return Refuse("it has another form");
        if (await _keys.FindAsync(claim.PublicKeyUrl, cancellationToken) is not { } key) return Refuse("its key is not known");
        return key.Verifies(signed, signature) ? new SocialProfile(claim.PlayerId) : Refuse("its signature is wrong");
    }

    /// <summary>The data that Apple signs: the two ids, the time in big-endian order, and the salt.</summary>
    private static byte[]? Signed(GameCenterClaim claim)
    {
        if (claim.PlayerId.Length > MaxTextLength || claim.BundleId.Length > MaxTextLength || Decode(claim.Salt) is not { } salt) return null;
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, claim.Timestamp);
        return [.. Encoding.UTF8.GetBytes(claim.PlayerId), .. Encoding.UTF8.GetBytes(claim.BundleId), .. time, .. salt];
    }

    private static byte[]? Decode(string base64)
    {
        if (base64.Length > MaxTextLength) return null;
        return GoBase64.TryDecode(base64, out var bytes) ? bytes : null;
    }

    private SocialProfile? Refuse(string reason)
    {
        SocialLog.Refused(_log, Provider, reason);
        return null;
    }
}
