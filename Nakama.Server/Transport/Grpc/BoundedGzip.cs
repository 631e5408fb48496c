using System.IO.Compression;
using global::Grpc.Core;
using global::Grpc.Net.Compression;

namespace Nakama.Server.Transport.Grpc;

/// <summary>
/// gzip for messages. When a message unpacks to more than the limit, only one byte beyond the limit is read; the code that
/// parses the message recognises by its size that it was too large.
/// </summary>
internal sealed class BoundedGzip(int maxMessageBytes) : ICompressionProvider
{
    public const string Name = "gzip";

    public string EncodingName => Name;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) =>
        new BoundedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true), maxMessageBytes + 1L);

    private sealed class BoundedStream(GZipStream source, long left) : Stream
    {
        private long _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (buffer.Length > _left) buffer = buffer[..(int)_left];
            if (buffer.IsEmpty) return 0;
            try
            {
                var read = source.Read(buffer);
                _left -= read;
                return read;
            }
            catch (InvalidDataException e)
            {
                // The library treats every other exception as a server error.
                throw new RpcException(new global::Grpc.Core.Status(global::Grpc.Core.StatusCode.Internal, GrpcErrors.NotAMessage(e.Message).Message));
            }
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
