using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Json;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Transport.Http;

/// <summary>Writes answers with their length, compressed when the client accepts it and it is worthwhile.</summary>
internal static class HttpReply
{
    // What fits into one packet anyway is not worth compressing.
    private const int MinCompressedBytes = 1024;
    private const int MaxKeptBuffer = 256 * 1024;

    private static readonly StringValues NoCache = "no-store, no-cache, must-revalidate";
    private static readonly StringValues VaryByEncoding = "Accept-Encoding";
    private static readonly StringValues Json = "application/json";
    private static readonly StringValues GrpcContent = "application/grpc";
    private static readonly JsonWriterOptions ErrorWriting = new() { Encoder = JsonTextEncoder.Minimal, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Writes an answer, or an error in place of one that exceeds the size limit.</summary>
    /// <returns>How many bytes the body has.</returns>
    public static int WriteMessage(HttpContext context, IMessage message, JsonFormat form, bool errorsHaveDetails)
    {
        if (message.CalculateSize() > ApiAnswers.MaxBytes)
            return WriteError(context, StatusCode.ResourceExhausted, ApiAnswers.TooLargeText, errorsHaveDetails);
        var buffer = RentBuffer();
        ProtoJson.Write(message, buffer, form);
        context.Response.Headers["Grpc-Metadata-Content-Type"] = GrpcContent;
        return Write(context, StatusCodes.Status200OK, Json, buffer);
    }

    public static int WriteError(HttpContext context, StatusCode code, string message, bool hasDetails)
    {
        var buffer = RentBuffer();
        using (var writer = new Utf8JsonWriter(buffer, ErrorWriting))
        {
            writer.WriteStartObject();
            writer.WriteNumber("code"u8, (int)code);
            writer.WriteString("message"u8, message);
            if (hasDetails)
            {
                writer.WriteStartArray("details"u8);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        if (code == StatusCode.Unauthenticated) context.Response.Headers.WWWAuthenticate = HeaderText(message);
        return Write(context, ApiStatus.ToHttp(code), Json, buffer);
    }

    /// <summary>Refuses a client that has sent too many requests.</summary>
    public static int WriteTooMany(HttpContext context, bool hasDetails)
    {
        SetRetryAfter(context, RateLimit.RetryAfterSec);
        return WriteError(context, StatusCode.ResourceExhausted, RequestRateLimits.Text, hasDetails);
    }

    /// <summary>Sets the number of seconds after which the client may retry; nothing for 0.</summary>
    public static void SetRetryAfter(HttpContext context, int seconds)
    {
        if (seconds > 0) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    public static int WriteRaw(HttpContext context, int status, string contentType, ReadOnlySpan<byte> body) =>
        WriteRaw(context, new RawAnswer(status, contentType, default), body);

    public static int WriteRaw(HttpContext context, in RawAnswer answer) => WriteRaw(context, answer, answer.Body.Span);

    private static int WriteRaw(HttpContext context, in RawAnswer answer, ReadOnlySpan<byte> body)
    {
        var buffer = RentBuffer();
        buffer.Write(body);
        return Write(context, answer.Status, answer.ContentType.Length == 0 ? StringValues.Empty : answer.ContentType, buffer, answer.Headers);
    }

    private static int Write(
        HttpContext context, int status, in StringValues contentType, ArrayBufferWriter<byte> buffer,
        IReadOnlyList<KeyValuePair<string, string>>? others = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        var headers = response.Headers;
        headers.CacheControl = NoCache;
        headers.Vary = VaryByEncoding;
        headers.ContentType = contentType;
        if (others is not null) Add(headers, others);

        if (status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return 0;
        var body = buffer.WrittenSpan;
        if (body.Length >= MinCompressedBytes && headers.ContentEncoding.Count == 0
            && ChooseEncoding(context.Request.Headers.AcceptEncoding) is { } encoding)
        {
            headers.ContentEncoding = encoding;
            body = Compress(body, encoding);
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) response.BodyWriter.Write(body);
        if (buffer.Capacity > MaxKeptBuffer) _buffer = null;
        return body.Length;
    }

    /// <summary>Adds the headers of a feature; the first of a name replaces the default one.</summary>
    private static void Add(IHeaderDictionary headers, IReadOnlyList<KeyValuePair<string, string>> others)
    {
        for (var i = 0; i < others.Count; i++)
        {
            var (name, value) = others[i];
            var isFirst = true;
            for (var earlier = 0; earlier < i && isFirst; earlier++) isFirst = !others[earlier].Key.Equals(name, StringComparison.OrdinalIgnoreCase);
            headers[name] = isFirst ? value : StringValues.Concat(headers[name], value);
        }
    }

    private static ArrayBufferWriter<byte> RentBuffer()
    {
        var buffer = _buffer;
        if (buffer is null || buffer.Capacity > MaxKeptBuffer) _buffer = buffer = new ArrayBufferWriter<byte>(4096);
        buffer.ResetWrittenCount();
        return buffer;
    }

    /// <summary>The first of the two that the client lists; weights are ignored.</summary>
    private static string? ChooseEncoding(StringValues accepted)
    {
        foreach (var value in accepted)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                switch (value.AsSpan()[range].Trim())
                {
                    case "gzip": return "gzip";
                    case "deflate": return "deflate";
                }
            }
        }

        return null;
    }

    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body, string encoding)
    {
        var packed = new MemoryStream(body.Length / 2);
        using (Stream stream = encoding == "gzip"
            ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(body);
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    /// <summary>A text that may come from a script, in a form that a header can hold.</summary>
    private static string HeaderText(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? string.Concat(text.Where(c => c is >= ' ' and <= '~')) : text;
}
