using System.Text;
using System.Text.Json;
using Nakama.Server.Outbound;

namespace Nakama.Server.Identity;

/// <summary>Reads the responses of providers' APIs, and builds the request URLs.</summary>
internal static class SocialAnswer
{
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 16 };

    /// <summary>A URL below a provider's; the values are escaped, and empty ones left out.</summary>
    public static Uri Address(string provider, string path, params ReadOnlySpan<(string Name, string Value)> query)
    {
        var text = new StringBuilder(provider.TrimEnd('/')).Append(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (value.Length == 0) continue;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return new Uri(text.ToString());
    }

    /// <summary>The JSON object of a successful response; null otherwise, which is logged.</summary>
    public static JsonElement? Json(OutboundAnswer answer, string provider, ILogger log)
    {
        if (!answer.IsOk)
        {
            // A rejected credential is the client's error, anything else concerns the operator.
            if ((int)answer.Status is >= 400 and < 500) SocialLog.Refused(log, provider, answer.Problem);
            else SocialLog.AskingFailed(log, provider, answer.Problem);
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body, Bounded);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A failure to read the response is treated as no response.
        }

        SocialLog.AskingFailed(log, provider, "the answer is not a JSON object");
        return null;
    }

    /// <summary>An object within an object; null when it is not there.</summary>
    public static JsonElement? Object(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The objects of an array within an object; none when it is not there.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.Object)
            : [];
}
