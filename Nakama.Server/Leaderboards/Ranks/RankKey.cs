using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// The sort key of a record: score, then subscore, then the owner's id byte by byte, so every position is unique.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct RankKey : IEquatable<RankKey>
{
    public readonly long Score;
    public readonly long Subscore;
    private readonly ulong _ownerHigh;
    private readonly ulong _ownerLow;

    public RankKey(long score, long subscore, Guid owner)
    {
        Score = score;
        Subscore = subscore;
        Span<byte> bytes = stackalloc byte[16];
        owner.TryWriteBytes(bytes, bigEndian: true, out _);
        _ownerHigh = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _ownerLow = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    public Guid Owner
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, _ownerHigh);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _ownerLow);
            return new Guid(bytes, bigEndian: true);
        }
    }

    /// <summary>The lowest score first, regardless of the leaderboard's sort order.</summary>
    public static int Compare(in RankKey a, in RankKey b)
    {
        if (a.Score != b.Score) return a.Score < b.Score ? -1 : 1;
        if (a.Subscore != b.Subscore) return a.Subscore < b.Subscore ? -1 : 1;
        if (a._ownerHigh != b._ownerHigh) return a._ownerHigh < b._ownerHigh ? -1 : 1;
        return a._ownerLow.CompareTo(b._ownerLow);
    }

    public bool HasOwnerOf(in RankKey other) => _ownerHigh == other._ownerHigh && _ownerLow == other._ownerLow;

    /// <summary>Distributes owners evenly, whatever the pattern of their ids.</summary>
    public ulong OwnerHash(ulong seed)
    {
        var product = Math.BigMul(_ownerHigh ^ seed, _ownerLow ^ 0x9E3779B97F4A7C15, out var low);
        var mixed = (product ^ low ^ _ownerHigh) * 0xD6E8FEB86659FD93;
        return mixed ^ (mixed >> 32);
    }

    public bool Equals(RankKey other) => Compare(this, other) == 0;

    public override bool Equals(object? obj) => obj is RankKey other && Equals(other);

    public override int GetHashCode() => OwnerHash(0).GetHashCode();
}
