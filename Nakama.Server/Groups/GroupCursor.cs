using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Groups;

/// <summary>The last group of a page, with all values that group lists are ordered by.</summary>
public readonly record struct GroupCursor(string LangTag, int EdgeCount, Guid Id, bool IsOpen, string Name, DateTime UpdateTime)
{
    private const int IdLength = 16;

    /// <summary>Null when the text is not a valid cursor.</summary>
    public static GroupCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            var id = record.Bytes("ID").Span;
            var edgeCount = record.Number("EdgeCount");
            if (id.Length is not (0 or IdLength) || edgeCount is < int.MinValue or > int.MaxValue) return null;
            return new GroupCursor(
                record.Text("Lang"),
                (int)edgeCount,
                id.IsEmpty ? Guid.Empty : new Guid(id, bigEndian: true),
                record.Bool("Open"),
                record.Text("Name"),
                DateTime.UnixEpoch.AddTicks(record.Number("UpdateTime") / TimeSpan.NanosecondsPerTick));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => GobCursor.Write(
        new GobWriter("groupListCursor")
            .Text("Lang", LangTag)
            .Number("EdgeCount", EdgeCount)
            .Bytes("ID", Id.ToByteArray(bigEndian: true))
            .Bool("Open", IsOpen)
            .Text("Name", Name)
            .Number("UpdateTime", (UpdateTime - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick),
        isPadded: false);
}
