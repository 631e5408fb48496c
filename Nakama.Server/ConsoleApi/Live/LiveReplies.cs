using System.Text;
using System.Text.Json;
using Nakama.Protocol.Http;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.ConsoleApi.Live;

/// <summary>Writes the answers of a watch.</summary>
internal static class LiveReplies
{
    /// <summary>Whether a method only reads, as its verb says.</summary>
    public static bool Reads(ApiMethod method) =>
        method.Descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http)?.PatternCase == HttpRule.PatternOneofCase.Get;

    public static async Task WriteEventAsync(HttpResponse response, string? name, string data, CancellationToken cancellationToken)
    {
        // JSON on one line, as the escapes of the console's form have no line breaks.
        var text = name is null ? $"data: {data}\n\n" : $"event: {name}\ndata: {data}\n\n";
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public static string ErrorOf(StatusCode code, string message) =>
        JsonSerializer.Serialize(new { code = (int)code, message, details = Array.Empty<object>() });

    public static Task RefuseAsync(HttpResponse response, ApiException refusal)
    {
        response.StatusCode = ApiStatus.ToHttp(refusal.Status);
        response.ContentType = "application/json";
        return response.WriteAsync(ErrorOf(refusal.Status, refusal.Message));
    }
}
