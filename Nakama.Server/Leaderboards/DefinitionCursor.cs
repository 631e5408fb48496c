using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Nakama.Server.Leaderboards;

/// <summary>Identifies the last leaderboard of a page of definitions.</summary>
internal readonly record struct DefinitionCursor(DateTime CreatedAt, string Id)
{
    private const int MaxLength = 1024;

    /// <summary>Returns false when the text is not a valid cursor.</summary>
    public static bool TryParse(string text, out DefinitionCursor cursor)
    {
        cursor = default;
        if (text.Length > MaxLength || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < sizeof(long)) return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        cursor = new(new DateTime(ticks, DateTimeKind.Utc), Encoding.UTF8.GetString(bytes.AsSpan(sizeof(long))));
        return true;
    }

    /// <summary>The position of the first leaderboard after this one.</summary>
    public int PlaceAfter(IReadOnlyList<Leaderboard> all)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var times = all[middle].CreatedAt.CompareTo(CreatedAt);
            if (times < 0 || (times == 0 && string.CompareOrdinal(all[middle].Id, Id) <= 0)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    public override string ToString()
    {
        var bytes = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(Id)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.Ticks);
        Encoding.UTF8.GetBytes(Id, bytes.AsSpan(sizeof(long)));
        return Base64Url.EncodeToString(bytes);
    }
}
