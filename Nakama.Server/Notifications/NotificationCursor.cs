using Nakama.Server.Wire.Gob;

namespace Nakama.Server.Notifications;

/// <summary>
/// The last notification that a client has read. Clients may keep it for months and across updates of the server, so it has
/// the reference server's format.
/// </summary>
/// <param name="CreateTime">The creation time of the last one that was read.</param>
/// <param name="Id">The last one that was read.</param>
public readonly record struct NotificationCursor(DateTime CreateTime, Guid Id)
{
    /// <summary>Nothing read yet.</summary>
    public static readonly NotificationCursor Start = new(DateTime.UnixEpoch, Guid.Empty);

    /// <summary>Null when the text is not a valid cursor.</summary>
    public static NotificationCursor? Parse(string text)
    {
        try
        {
            var record = GobCursor.Read(text);
            var id = record.Bytes("NotificationID").Span;
            if (id.Length is not (0 or 16)) return null;
            return new NotificationCursor(
                DateTime.UnixEpoch.AddTicks(record.Number("CreateTime") / TimeSpan.NanosecondsPerTick),
                id.IsEmpty ? Guid.Empty : new Guid(id, bigEndian: true));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public override string ToString()
    {
        var writer = new GobWriter("notificationCacheableCursor");
        return GobCursor.Write(
            writer
                .Bytes("NotificationID", Id == Guid.Empty ? [] : Id.ToByteArray(bigEndian: true))
                .Number("CreateTime", (CreateTime - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick),
            isPadded: false);
    }
}
