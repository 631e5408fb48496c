using System.Buffers;
using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Rpc;

/// <summary>The response bodies of function calls over HTTP, which differ from those of all other methods.</summary>
internal static class RpcAnswers
{
    private const string Json = "application/json";
    private const int MaxKeptBuffer = 64 * 1024;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JsonTextEncoder.HtmlSafe, SkipValidation = true };

    // Clients depend on the exact bytes of this body.
    private static readonly byte[] BodyTooLarge = "{\"code\":3, \"message\":\"http: request body too large\"}"u8.ToArray();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static RawAnswer Of(in ApiOutcome outcome)
    {
        var request = outcome.Call.Http!;
        if (outcome.Response is Nakama.Protocol.Api.Rpc rpc) return RpcRequest.IsUnwrapped(request) ? Bare(rpc.Payload, request.ContentType) : Wrapped(rpc.Payload);
        var answer = outcome.Error switch
        {
            // Timed-out and cancelled calls get the same response as every other method.
            OperationCanceledException => Error(outcome, isOfFunction: false),
            ApiException { Reason: ApiErrors.BodyTooLargeReason } => new(ApiStatus.ToHttp(outcome.Code), Json, BodyTooLarge),
            ApiException { Reason: ApiErrors.BodyBrokenReason } => Error(outcome, isOfFunction: false),
            _ when outcome.Call.Function is not null => Error(outcome, isOfFunction: true, (outcome.Error as ITracedError)?.Trace),
            null or ApiException => Refusal(outcome),
            _ => Error(outcome, isOfFunction: false),
        };
        return answer with { RetryAfterSec = outcome.RetryAfterSec };
    }

    /// <summary>Rejected before the function ran.</summary>
    private static RawAnswer Refusal(in ApiOutcome outcome) => new(ApiStatus.ToHttp(outcome.Code), Json, Write((outcome.Code, outcome.Message), static (json, e) =>
    {
        json.WriteString("error"u8, e.Message);
        json.WriteString("message"u8, e.Message);
        json.WriteNumber("code"u8, (int)e.Code);
    }));

    private static RawAnswer Error(in ApiOutcome outcome, bool isOfFunction, string? trace = null) =>
        new(ApiStatus.ToHttp(outcome.Code), Json, Write((outcome.Code, outcome.Message, isOfFunction, trace), static (json, e) =>
        {
            // Codes of modules are unsigned for clients.
            json.WriteNumber("code"u8, e.isOfFunction ? unchecked((uint)e.Code) : (long)(int)e.Code);
            if (e.isOfFunction)
            {
                json.WriteStartObject("error"u8);
                if (e.trace is { } stack) json.WriteString("stackTrace"u8, stack);
                json.WriteEndObject();
            }

            json.WriteString("message"u8, e.Message);
        }));

    private static RawAnswer Wrapped(string payload) => new(200, Json, Write(payload, static (json, p) => json.WriteString("payload"u8, p)));

    private static RawAnswer Bare(string payload, string contentType) =>
        new(200, contentType.Length == 0 ? "text/plain" : contentType, Encoding.UTF8.GetBytes(payload));

    private static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        var json = _writer ??= new Utf8JsonWriter(buffer, Writing);
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        write(json, state);
        json.WriteEndObject();
        json.Flush();
        if (buffer.Capacity > MaxKeptBuffer) (_buffer, _writer) = (null, null);
        return buffer.WrittenSpan.ToArray();
    }
}
