using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Google.Protobuf;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.Grpc;

/// <summary>The messages of one call, in both directions, and its status at the end.</summary>
internal sealed class GrpcStream(HttpContext context, int maxMessageBytes)
{
    private const int HeaderSize = 5;

    // What fits into one packet anyway is not worth compressing.
    private const int MinCompressedBytes = 1024;

    /// <summary>Bytes of messages that came in so far.</summary>
    public long ReceivedBytes { get; private set; }

    /// <summary>Sends the headers with the first message or status.</summary>
    public void Begin()
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
        if (AcceptsGzip) context.Response.Headers["grpc-encoding"] = "gzip";
    }

    private bool AcceptsGzip => context.Request.Headers["grpc-accept-encoding"].ToString().Contains("gzip", StringComparison.Ordinal);

    /// <summary>The next message; false at the end of the stream.</summary>
    /// <exception cref="ApiError">Too large, cut off, or not of this type.</exception>
    public async ValueTask<bool> TryReadAsync(IMessage message, CancellationToken cancellationToken)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            if (TryParse(result.Buffer, message, out var consumed))
            {
                reader.AdvanceTo(consumed);
                return true;
            }

            var isEmpty = result.Buffer.IsEmpty;
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) return isEmpty ? false : throw GrpcFault.Incomplete;
        }
    }

    /// <summary>Puts a message into the answer. Flushing is the caller's decision.</summary>
    /// <returns>How many bytes the message has.</returns>
    public int Write(IMessage message)
    {
        var size = message.CalculateSize();
        if (size >= MinCompressedBytes && AcceptsGzip) return WriteCompressed(message);
        var writer = context.Response.BodyWriter;
        WriteHeader(writer, isCompressed: false, size);
        message.WriteTo(writer);
        return size;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await context.Response.BodyWriter.FlushAsync(cancellationToken);

    /// <summary>Ends the call.</summary>
    public void End(StatusCode code, string message)
    {
        context.Response.AppendTrailer("grpc-status", ((int)code).ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0) context.Response.AppendTrailer("grpc-message", GrpcText.Escape(message));
    }

    private bool TryParse(in ReadOnlySequence<byte> buffer, IMessage message, out SequencePosition consumed)
    {
        consumed = buffer.Start;
        if (buffer.Length < HeaderSize) return false;
        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        var size = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (size > maxMessageBytes) throw GrpcFault.TooLarge(size, maxMessageBytes);
        if (buffer.Length < HeaderSize + size) return false;

        var body = buffer.Slice(HeaderSize, size);
        try
        {
            if (header[0] == 0) message.MergeFrom(body);
            else message.MergeFrom(Decompress(body));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw GrpcFault.NotAMessage(e.Message);
        }

        ReceivedBytes += size;
        consumed = body.End;
        return true;
    }

    private ReadOnlySequence<byte> Decompress(in ReadOnlySequence<byte> packed)
    {
        var encoding = context.Request.Headers["grpc-encoding"].ToString();
        if (encoding != "gzip") throw GrpcFault.UnknownEncoding(encoding);
        var buffer = new byte[4096];
        var length = 0;
        try
        {
            using var unpacked = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            while (unpacked.Read(buffer.AsSpan(length)) is var read && read > 0)
            {
                length += read;
                if (length > maxMessageBytes) throw GrpcFault.TooLargeUnpacked(maxMessageBytes);
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
        catch (InvalidDataException e)
        {
            throw GrpcFault.NotAMessage(e.Message);
        }

        return new(buffer.AsMemory(0, length));
    }

    private int WriteCompressed(IMessage message)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) message.WriteTo(stream);
        var writer = context.Response.BodyWriter;
        WriteHeader(writer, isCompressed: true, (int)packed.Length);
        writer.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
        return (int)packed.Length;
    }

    private static void WriteHeader(PipeWriter writer, bool isCompressed, int size)
    {
        var header = writer.GetSpan(HeaderSize);
        header[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(header[1..], (uint)size);
        writer.Advance(HeaderSize);
    }
}
