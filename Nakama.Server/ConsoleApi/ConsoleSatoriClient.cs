using System.Net;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Nakama.Protocol.Json;
using Nakama.Server.Errors;
using Nakama.Server.Outbound;
using Nakama.Server.Satori;

namespace Nakama.Server.ConsoleApi;

/// <summary>Calls of Satori with the server key, with the messages of the console's contract as JSON.</summary>
internal sealed class ConsoleSatoriClient(SatoriOptions options, OutboundHttp http)
{
    private static ApiException NotConfigured => new(StatusCode.FailedPrecondition, "Satori server key not configured.");

    /// <exception cref="ApiException">There is no key, Satori does not answer, or it refuses the call.</exception>
    public ValueTask<T> GetAsync<T>(string path, IEnumerable<KeyValuePair<string, string>> query, CancellationToken cancellationToken)
        where T : IMessage, new()
    {
        var text = string.Join('&', query.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return SendAsync<T>(() => new HttpRequestMessage(HttpMethod.Get, options.AddressOf(text.Length == 0 ? path : $"{path}?{text}")), cancellationToken);
    }

    /// <inheritdoc cref="GetAsync"/>
    public ValueTask<T> PostAsync<T>(string path, IMessage body, CancellationToken cancellationToken)
        where T : IMessage, new() =>
        SendAsync<T>(
            () => new HttpRequestMessage(HttpMethod.Post, options.AddressOf(path))
            {
                Content = new StringContent(ProtoJson.ToString(body, JsonFormat.Api), Encoding.UTF8, "application/json"),
            },
            cancellationToken);

    private async ValueTask<T> SendAsync<T>(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
        where T : IMessage, new()
    {
        if (options.ServerKey.Length == 0 || options.Url.Length == 0) throw NotConfigured;
        using var request = create();
        request.Headers.Authorization = SatoriOptions.Basic(options.ServerKey);
        var answer = await http.SendAsync(request, TimeSpan.FromMilliseconds(options.HttpTimeoutMs), cancellationToken);
        if (answer.Failure is { } failure) throw new ApiException(StatusCode.Unavailable, $"Satori did not answer: {failure}.");
        if (!answer.IsOk) throw ErrorOf(answer);
        var message = new T();
        try
        {
            ProtoJson.ReadLenient(answer.Body, message);
            return message;
        }
        catch (ProtoJsonException)
        {
            throw new ApiException(StatusCode.Unavailable, "Satori sent an answer that is not valid.");
        }
    }

    /// <summary>
    /// Satori's own code and text, where the answer has them. A key that Satori refuses must not look like a session of the
    /// operator that has ended.
    /// </summary>
    private static ApiException ErrorOf(OutboundAnswer answer)
    {
        var isRefused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
                && System.Enum.IsDefined((StatusCode)number) && json.RootElement.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String)
            {
                var isOfServer = isRefused || (StatusCode)number is StatusCode.Ok or StatusCode.Unauthenticated or StatusCode.PermissionDenied;
                return new ApiException(isOfServer ? StatusCode.FailedPrecondition : (StatusCode)number, text.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Proxies answer in other formats.
        }

        return new ApiException(isRefused ? StatusCode.FailedPrecondition : StatusCode.Unavailable, $"Satori refused the call with status {(int)answer.Status}.");
    }
}
