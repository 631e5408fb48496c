using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Nakama.Tests.TestHost;

/// <summary>A player that has authenticated with a device.</summary>
public sealed record TestPlayer(string Token, string RefreshToken, Guid UserId, string Username, string DeviceId)
{
    /// <summary>The credentials of the player's requests.</summary>
    public AuthenticationHeaderValue Bearer => new("Bearer", Token);

    internal static TestPlayer Read(string session, string device, string username)
    {
        using var json = JsonDocument.Parse(session);
        var token = json.RootElement.GetProperty("token").GetString()!;
        using var claims = JsonDocument.Parse(Decode(token.Split('.')[1]));
        return new TestPlayer(
            token,
            json.RootElement.GetProperty("refresh_token").GetString()!,
            Guid.Parse(claims.RootElement.GetProperty("uid").GetString()!),
            username,
            device);
    }

    private static string Decode(string part)
    {
        var padded = part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=');
        return Encoding.UTF8.GetString(Convert.FromBase64String(padded));
    }
}
