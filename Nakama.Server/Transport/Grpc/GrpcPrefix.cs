using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace Nakama.Server.Transport.Grpc;

/// <summary>The five bytes in front of a message: whether it is compressed, and its length.</summary>
internal static class GrpcPrefix
{
    private const int Size = 5;
    private const byte Uncompressed = 0;
    private const byte Compressed = 1;

    /// <summary>The problem with the first message of a request; null when it may be read. Consumes nothing.</summary>
    public static async ValueTask<GrpcStatus?> CheckAsync(HttpContext context, int maxMessageBytes)
    {
        ReadResult result;
        var reader = context.Request.BodyReader;
        try
        {
            result = await reader.ReadAtLeastAsync(Size, context.RequestAborted);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return GrpcErrors.Canceled;
        }

        var problem = Check(context, result.Buffer, maxMessageBytes);
        reader.AdvanceTo(result.Buffer.Start);
        return problem;
    }

    private static GrpcStatus? Check(HttpContext context, in ReadOnlySequence<byte> buffer, int maxMessageBytes)
    {
        if (buffer.Length < Size) return GrpcErrors.Incomplete;
        Span<byte> prefix = stackalloc byte[Size];
        buffer.Slice(0, Size).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > maxMessageBytes) return GrpcErrors.TooLarge(length, maxMessageBytes);
        return prefix[0] switch
        {
            Uncompressed => null,
            Compressed => context.Request.Headers["grpc-encoding"].ToString() switch
            {
                BoundedGzip.Name => null,
                "" or "identity" => GrpcErrors.NoEncoding,
                var other => GrpcErrors.UnknownEncoding(other),
            },
            var flag => GrpcErrors.UnknownFlag(flag),
        };
    }
}
