using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nakama.Server.Outbound;
using Nakama.Server.Security;

namespace Nakama.Server.Satori;

/// <summary>Sends requests to the configured Satori server, for identities or for this server itself.</summary>
public sealed class SatoriClient(SatoriOptions options, OutboundHttp http, TimeProvider time)
{
    private const int TokenLifetimeSec = 3600;
    private const int MaxProblemLength = 200;

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>The answer; an empty object when Satori answers nothing.</summary>
    /// <exception cref="Errors.ApiException">Satori is not configured, cannot be reached, or refuses.</exception>
    public async ValueTask<JsonElement> SendAsync(SatoriRequest request, CancellationToken cancellationToken)
    {
        if (options.Url.Length == 0) throw SatoriErrors.NotConfigured;
        // A request that changes something twice is not sent again.
        var attempts = request.Method == HttpMethod.Post ? 1 : 1 + options.RetryCount;
        while (true)
        {
            using var message = MessageOf(request);
            var answer = await http.SendAsync(message, TimeSpan.FromMilliseconds(options.HttpTimeoutMs), cancellationToken);
            if (answer.IsOk) return Read(answer.Body);
            if (--attempts == 0 || (answer.Failure is null && answer.Status < HttpStatusCode.InternalServerError)) throw SatoriErrors.Failed(ProblemOf(answer));
        }
    }

    private HttpRequestMessage MessageOf(SatoriRequest request)
    {
        var message = new HttpRequestMessage(request.Method, options.AddressOf(request.PathAndQuery));
        message.Headers.Authorization = request.IdentityId is { } id
            ? new AuthenticationHeaderValue("Bearer", TokenOf(id))
            : SatoriOptions.Basic(options.ApiKey);
        if (request.Ip.Length > 0) message.Headers.TryAddWithoutValidation("X-Forwarded-For", request.Ip);
        if (request.Body is { } body) message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return message;
    }

    /// <summary>A token with which Satori takes a request for one of the identity.</summary>
    private string TokenOf(string identityId)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return Jwt.Sign(Encoding.UTF8.GetBytes(options.SigningKey), (IdentityId: identityId, Now: now, Api: options.ApiKeyName), static (json, claims) =>
        {
            json.WriteString("iid"u8, claims.IdentityId);
            json.WriteNumber("exp"u8, claims.Now + TokenLifetimeSec);
            json.WriteNumber("iat"u8, claims.Now);
            json.WriteString("api"u8, claims.Api);
        });
    }

    private static JsonElement Read(byte[] body)
    {
        if (body.Length == 0) return Nothing;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : Nothing;
        }
        catch (JsonException)
        {
            throw SatoriErrors.Failed("the answer is no JSON");
        }
    }

    /// <summary>The status, and the message of Satori when it sent one.</summary>
    private static string ProblemOf(OutboundAnswer answer)
    {
        if (answer.Failure is not null) return answer.Problem;
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 } text)
                return $"{answer.Problem}: {(text.Length > MaxProblemLength ? text[..MaxProblemLength] : text)}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The answer of a proxy in between.
        }

        return answer.Problem;
    }
}
