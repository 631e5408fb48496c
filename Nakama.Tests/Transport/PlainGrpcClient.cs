using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Nakama.Tests.Transport;

/// <summary>Just enough of a gRPC client to see every header, frame and trailer.</summary>
internal sealed class PlainGrpcClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    public Task<GrpcAnswer> CallAsync(string path, IMessage request, params (string Name, string Value)[] metadata) =>
        SendAsync(path, Frame(request.ToByteArray(), 0), metadata);

    public Task<GrpcAnswer> CallZippedAsync(string path, IMessage request, params (string Name, string Value)[] metadata)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) request.WriteTo(stream);
        return SendAsync(path, Frame(packed.ToArray(), 1), [("grpc-encoding", "gzip"), .. metadata]);
    }

    public async Task<GrpcAnswer> SendAsync(string path, byte[] body, params (string Name, string Value)[] metadata)
    {
        using var request = Request(path, new ByteArrayContent(body), metadata);
        return await SendAsync(request);
    }

    public async Task<GrpcAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var isTrailersOnly = response.Headers.Contains("grpc-status");
        var status = (isTrailersOnly ? response.Headers : response.TrailingHeaders).ToDictionary(t => t.Key, t => string.Join(",", t.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, status.GetValueOrDefault("grpc-status"), status.GetValueOrDefault("grpc-message"), Unframe(bytes), isTrailersOnly);
    }

    /// <summary>Opens a call that stays open, to read frames as they come.</summary>
    public async Task<System.IO.Stream> OpenAsync(string path, IMessage request, CancellationToken cancellationToken, params (string Name, string Value)[] metadata)
    {
        var response = await _http.SendAsync(Request(path, new ByteArrayContent(Frame(request.ToByteArray(), 0)), metadata), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public static byte[] Frame(byte[] message, byte flag)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static HttpRequestMessage Request(string path, HttpContent content, (string Name, string Value)[] metadata)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        foreach (var (name, value) in metadata) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static List<byte[]> Unframe(byte[] bytes)
    {
        var messages = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var size = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 1));
            var message = bytes.AsSpan(at + 5, size).ToArray();
            messages.Add(bytes[at] == 0 ? message : Unzip(message));
            at += 5 + size;
        }

        return messages;
    }

    private static byte[] Unzip(byte[] packed)
    {
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}

/// <summary>What came back of a call.</summary>
/// <param name="Http">The status of HTTP.</param>
/// <param name="Status">The status of gRPC.</param>
/// <param name="Message">Its sentence, as it was sent.</param>
/// <param name="Messages">The messages, decompressed.</param>
/// <param name="IsTrailersOnly">Whether the status came in the headers, which is the form of answers without a message.</param>
internal sealed record GrpcAnswer(int Http, string? Status, string? Message, List<byte[]> Messages, bool IsTrailersOnly);
