using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>Ids in the form used between nodes: 16 bytes in network order, no bytes for the empty id.</summary>
internal static class IdBytes
{
    private const int Size = 16;

    public static ByteString Of(Guid id)
    {
        if (id == Guid.Empty) return ByteString.Empty;
        Span<byte> bytes = stackalloc byte[Size];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return ByteString.CopyFrom(bytes);
    }

    public static ByteString Of(ReadOnlySpan<Guid> ids)
    {
        var bytes = new byte[ids.Length * Size];
        for (var i = 0; i < ids.Length; i++) ids[i].TryWriteBytes(bytes.AsSpan(i * Size), bigEndian: true, out _);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    /// <summary>The empty id for bytes that are not an id.</summary>
    public static Guid Read(ByteString bytes) => bytes.Length == Size ? new Guid(bytes.Span, bigEndian: true) : Guid.Empty;

    public static Guid[] ReadMany(ByteString bytes)
    {
        var ids = new Guid[bytes.Length / Size];
        for (var i = 0; i < ids.Length; i++) ids[i] = new Guid(bytes.Span.Slice(i * Size, Size), bigEndian: true);
        return ids;
    }
}
