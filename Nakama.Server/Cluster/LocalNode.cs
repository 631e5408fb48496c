using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Cluster;

/// <summary>This node's name and the suffix that is derived from it for the ids of its sessions.</summary>
public sealed class LocalNode
{
    private readonly byte[] _mark;

    public LocalNode(string name)
    {
        Name = name;
        // The digest only shortens the name in a stable way; other servers compute it in the same way.
#pragma warning disable CA5350
        _mark = SHA1.HashData(Encoding.UTF8.GetBytes(name))[..6];
#pragma warning restore CA5350
    }

    /// <summary>Unique in a cluster; part of match and party ids and of every presence.</summary>
    public string Name { get; }

    /// <summary>The last six bytes of every session id of this node.</summary>
    public ReadOnlySpan<byte> Mark => _mark;

    /// <summary>Whether a session id was made by this node.</summary>
    public bool Made(Guid sessionId)
    {
        Span<byte> bytes = stackalloc byte[16];
        sessionId.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[10..].SequenceEqual(_mark);
    }

    /// <summary>When a time-based id was made.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var ticks = ((long)(BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) << 48)
            | ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return new DateTimeOffset(1582, 10, 15, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks);
    }

    /// <summary>A time-based (version 1) id that ends with this node's suffix.</summary>
    /// <param name="ticks">100-nanosecond steps since 1582-10-15; no value may be used twice.</param>
    /// <param name="sequence">14 bits that distinguish processes that share a name and a clock.</param>
    internal Guid TimeBasedId(long ticks, ushort sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)ticks);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(ticks >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(((ticks >> 48) & 0x0FFF) | 0x1000));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], (ushort)((sequence & 0x3FFF) | 0x8000));
        _mark.CopyTo(bytes[10..]);
        return new Guid(bytes, bigEndian: true);
    }
}
