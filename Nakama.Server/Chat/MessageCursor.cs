using Nakama.Server.Presence;
using Nakama.Server.Security;
using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Chat;

/// <summary>
/// A position in one channel's history and the direction to read from there. Clients may keep cursors for months and across
/// updates of the server, so they have the reference server's format.
/// </summary>
/// <param name="Stream">The channel that it belongs to.</param>
/// <param name="Place">The message at the edge of the page, which is not part of the next one.</param>
/// <param name="IsForward">Whether the listing runs from old to new.</param>
/// <param name="IsNext">Whether it continues the listing; otherwise it goes back.</param>
public readonly record struct MessageCursor(StreamId Stream, MessagePlace Place, bool IsForward, bool IsNext)
{
    /// <summary>Null when the text is not a valid cursor.</summary>
    public static MessageCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            var mode = record.Number("StreamMode");
            if (mode is < 0 or > byte.MaxValue) return null;
            if (!TryParseId(record.Text("StreamSubject"), out var subject)) return null;
            if (!TryParseId(record.Text("StreamSubcontext"), out var subcontext)) return null;
            if (!TryParseId(record.Text("Id"), out var id)) return null;
            return new MessageCursor(
                new StreamId((byte)mode, subject, subcontext, record.Text("StreamLabel")),
                new MessagePlace(DateTime.UnixEpoch.AddTicks(record.Number("CreateTime") / TimeSpan.NanosecondsPerTick), id),
                record.Bool("Forward"),
                record.Bool("IsNext"));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString() => GobCursor.Write(
        new GobWriter("channelMessageListCursor")
            .Natural("StreamMode", Stream.Mode)
            .Text("StreamSubject", Stream.Subject.ToString())
            .Text("StreamSubcontext", Stream.Subcontext.ToString())
            .Text("StreamLabel", Stream.Label)
            .Number("CreateTime", (Place.CreateTime - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)
            .Text("Id", Place.Id.ToString())
            .Bool("Forward", IsForward)
            .Bool("IsNext", IsNext),
        isPadded: true);

    private static bool TryParseId(string text, out Guid id)
    {
        id = Guid.Empty;
        return text.Length == 0 || UuidText.TryParse(text, out id);
    }
}
