using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;
using Stream = Nakama.Protocol.Realtime.Stream;

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

    internal StreamKey ToKey() => new() { Mode = Mode, Subject = IdBytes.Of(Subject), Subcontext = IdBytes.Of(Subcontext), Label = Label };

    internal static StreamId Of(StreamKey key) => new((byte)key.Mode, IdBytes.Read(key.Subject), IdBytes.Read(key.Subcontext), key.Label);

    public Stream ToMessage() => new() { Mode = Mode, Subject = SubjectText, Subcontext = SubcontextText, Label = Label };
}
