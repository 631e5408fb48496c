using Stream = Nakama.Server.Wire.Realtime.Stream;

namespace Nakama.Server.Presence;

/// <summary>The identity of a stream. The empty id stands for an absent subject or subcontext.</summary>
public readonly record struct StreamId(byte Mode, Guid Subject, Guid Subcontext, string Label)
{
    public StreamId(byte mode, Guid subject)
        : this(mode, subject, Guid.Empty, "")
    {
    }

    /// <summary>The stream between two users, the same from either side.</summary>
    public static StreamId Direct(Guid userId, Guid otherId)
    {
        var (first, second) = string.CompareOrdinal(userId.ToString(), otherId.ToString()) < 0 ? (userId, otherId) : (otherId, userId);
        return new(StreamMode.DirectMessage, first, second, "");
    }

    /// <summary>The subject as clients see it: empty when absent.</summary>
    public string SubjectText => Subject == Guid.Empty ? "" : Subject.ToString();

    /// <summary>The subcontext as clients see it: empty when absent.</summary>
    public string SubcontextText => Subcontext == Guid.Empty ? "" : Subcontext.ToString();

    /// <summary>The id by which clients know a chat channel.</summary>
    public string ToChannelId() => $"{Mode}.{SubjectText}.{SubcontextText}.{Label}";

    public Stream ToWire() => new() { Mode = Mode, Subject = SubjectText, Subcontext = SubcontextText, Label = Label };
}
