using System.Text;
using Nakama.Server.Presence;
using Nakama.Server.Security;

namespace Nakama.Server.Chat;

/// <summary>
/// A chat channel by the id that clients use, such as <c>2...lobby</c>: mode, subject, subcontext and label, separated by
/// dots. The same four identify its stream and its rows.
/// </summary>
/// <param name="Stream">The stream of the members of the channel.</param>
/// <param name="Text">The canonical text form.</param>
public readonly record struct ChannelId(StreamId Stream, string Text)
{
    /// <summary>The longest room name.</summary>
    public const int MaxLabelBytes = 64;

    private ChannelId(StreamId stream)
        : this(stream, stream.ToChannelId())
    {
    }

    public static ChannelId Room(string label) => new(new StreamId(StreamMode.Room, Guid.Empty, Guid.Empty, label));

    public static ChannelId Group(Guid groupId) => new(new StreamId(StreamMode.Group, groupId));

    /// <summary>The channel between two users, the same from either side.</summary>
    public static ChannelId Direct(Guid userId, Guid otherId) => new(StreamId.Direct(userId, otherId));

    /// <summary>False when the text is not a channel id. The channel may be empty.</summary>
    public static bool TryParse(string text, out ChannelId channel)
    {
        channel = default;
        var rest = text.AsSpan();
        if (!TryTake(ref rest, out var mode) || !TryTake(ref rest, out var subject) || !TryTake(ref rest, out var subcontext))
            return false;

        switch (mode)
        {
            case "2":
                if (!subject.IsEmpty || !subcontext.IsEmpty || !IsLabel(rest)) return false;
                channel = new(new StreamId(StreamMode.Room, Guid.Empty, Guid.Empty, rest.ToString()), text);
                return true;
            case "3":
                if (!subcontext.IsEmpty || !rest.IsEmpty || !TryParseId(subject, out var groupId)) return false;
                channel = Group(groupId);
                return true;
            case "4":
                if (!rest.IsEmpty || !TryParseId(subject, out var first) || !TryParseId(subcontext, out var second)) return false;
                channel = new(new StreamId(StreamMode.DirectMessage, first, second, ""));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether the length of a room name is allowed.</summary>
    public static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= MaxLabelBytes && Encoding.UTF8.GetByteCount(label) <= MaxLabelBytes;

    public override string ToString() => Text;

    private static bool TryTake(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> part)
    {
        part = default;
        var dot = rest.IndexOf('.');
        if (dot < 0) return false;
        part = rest[..dot];
        rest = rest[(dot + 1)..];
        return true;
    }

    private static bool TryParseId(ReadOnlySpan<char> text, out Guid id)
    {
        id = Guid.Empty;
        return text.IsEmpty || UuidText.TryParse(text, out id);
    }
}
