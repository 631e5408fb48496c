using System.Buffers;
using System.IO.Compression;
using Nakama.Server.Api;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Http;

/// <summary>The body of a request in a rented buffer.</summary>
internal sealed class HttpBody : IDisposable
{
    // A body may not unpack to more than this many times the limit on its compressed size.
    private const int MaxExpansion = 10;

    private byte[] _buffer = [];
    private int _length;

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>How many bytes came over the wire.</summary>
    public long ReceivedBytes { get; private set; }

    /// <exception cref="ApiException">The body is larger than allowed, or its compression is broken.</exception>
    public static async ValueTask<HttpBody> ReadAsync(HttpContext context, HttpApiSettings settings, CancellationToken cancellationToken)
    {
        var body = new HttpBody();
        try
        {
            await body.FillAsync(context.Request, settings.MaxBodyBytes, cancellationToken);
            if (settings.Decompresses) body.Decompress(context.Request.Headers.ContentEncoding.ToString(), settings.MaxBodyBytes * (long)MaxExpansion);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private static ApiException TooLarge => new(StatusCode.InvalidArgument, "http: request body too large") { Reason = ApiErrors.BodyTooLargeReason };

    private async ValueTask FillAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes) throw TooLarge;
        if (request.ContentLength is 0) return;
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var part = result.Buffer;
            if (_length + part.Length > maxBytes)
            {
                reader.AdvanceTo(part.End);
                throw TooLarge;
            }

            Append(part, (int)(request.ContentLength ?? 0));
            reader.AdvanceTo(part.End);
            if (result.IsCompleted) break;
        }

        request.HttpContext.Features.Get<RawTargetReader>()?.BodyEnded();
        ReceivedBytes = _length;
    }

    private void Append(in ReadOnlySequence<byte> part, int expected)
    {
        Reserve(Math.Max(_length + (int)part.Length, expected));
        part.CopyTo(_buffer.AsSpan(_length));
        _length += (int)part.Length;
    }

    private void Reserve(int size)
    {
        if (size <= _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, _buffer.Length * 2));
        Memory.CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Decompress(string encoding, long maxBytes)
    {
        var isGzip = encoding == "gzip";
        if (_length == 0 || !(isGzip || encoding == "deflate")) return;

        // An invalid gzip header leaves nothing to read, which is not an error.
        var packed = Memory.ToArray();
        _length = 0;
        if (isGzip && packed is not [0x1f, 0x8b, 8, ..]) return;
        try
        {
            using Stream unpacked = isGzip
                ? new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)
                : new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
            while (true)
            {
                Reserve(_length + 4096);
                var read = unpacked.Read(_buffer.AsSpan(_length));
                if (read == 0) return;
                _length += read;
                if (_length > maxBytes) throw TooLarge;
            }
        }
        catch (InvalidDataException)
        {
            throw new ApiException(StatusCode.InvalidArgument, "flate: corrupt input") { Reason = ApiErrors.BodyBrokenReason };
        }
    }
}
