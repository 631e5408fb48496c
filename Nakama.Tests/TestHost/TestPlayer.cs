using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Nakama.Tests.TestHost;

/// <summary>A player that has authenticated with a device.</summary>
public sealed record TestPlayer(string Token, string RefreshToken, Guid UserId, string Username, string DeviceId)
{
    /// <summary>The credentials of the player's requests.</summary>
    public AuthenticationHeaderValue Bearer => new("Bearer", Token);

    /// <summary>A new player with a new device.</summary>
    /// <param name="http">A client of the node.</param>
    /// <param name="serverKey">The key of the node.</param>
    /// <param name="username">The name; when null any one.</param>
    public static async Task<TestPlayer> AuthenticateAsync(HttpClient http, string serverKey, string? username)
    {
        var device = Unique.Id();
        username ??= Unique.Name();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/account/authenticate/device?create=true&username={Uri.EscapeDataString(username)}");
        request.Headers.Authorization = KeyOf(serverKey);
        request.Content = new StringContent($$"""{"id":"{{device}}"}""", Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new InvalidOperationException($"No session: {(int)response.StatusCode} {text}");
        return Read(text, device, username);
    }

    /// <summary>The credentials of an authenticate call: the server key without a password.</summary>
    public static AuthenticationHeaderValue KeyOf(string serverKey) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(serverKey + ":")));

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
