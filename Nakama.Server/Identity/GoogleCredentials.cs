using System.Text.Json;
using Nakama.Server.Security;

namespace Nakama.Server.Identity;

/// <summary>An OAuth client, in Google's JSON format.</summary>
internal sealed record GoogleCredentials(string ClientId, string ClientSecret, string RedirectUri, Uri TokenAddress)
{
    private const string DefaultTokenAddress = "https://oauth2.googleapis.com/token";

    /// <summary>Null when the text does not describe a client.</summary>
    public static GoogleCredentials? Read(string json)
    {
        if (json.Length == 0) return null;
        using var document = JsonDocument.Parse(json);
        if ((document.RootElement.Object("web") ?? document.RootElement.Object("installed")) is not { } client) return null;
        var token = client.Text("token_uri") is { Length: > 0 } text ? text : DefaultTokenAddress;
        if (client.Text("client_id").Length == 0 || !Uri.TryCreate(token, UriKind.Absolute, out var address)) return null;
        var redirect = client.TryGetProperty("redirect_uris"u8, out var uris) && uris.ValueKind == JsonValueKind.Array && uris.GetArrayLength() > 0
            && uris[0].ValueKind == JsonValueKind.String ? uris[0].GetString()! : "";
        return new GoogleCredentials(client.Text("client_id"), client.Text("client_secret"), redirect, address);
    }
}
