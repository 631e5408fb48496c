using System.Buffers;
using System.Text;
using Nakama.Protocol.Realtime;
using Nakama.Server.Friends;
using Nakama.Server.Security;
using Npgsql;
using ChannelType = Nakama.Protocol.Realtime.ChannelJoin.Types.Type;

namespace Nakama.Server.Chat;

/// <summary>Resolves the target of a join request to a channel, if the client may join it.</summary>
public sealed class ChannelTargets(UserBlocks blocks, ChannelGates gates, ILogger<ChannelTargets> logger)
{
    /// <exception cref="Realtime.RealtimeException">There is no such channel, or the user may not join it.</exception>
    public ValueTask<ChannelId> ResolveAsync(Guid userId, ChannelJoin join, CancellationToken cancellationToken)
    {
        if (join.Target.Length == 0) throw ChatErrors.InvalidTarget;
        return (ChannelType)join.Type switch
        {
            ChannelType.Unspecified or ChannelType.Room => new(Room(join.Target)),
            ChannelType.DirectMessage => DirectAsync(userId, join.Target, cancellationToken),
            ChannelType.Group => GroupAsync(userId, join.Target, cancellationToken),
            _ => throw ChatErrors.InvalidType,
        };
    }

    private static ChannelId Room(string name)
    {
        if (!ChannelId.IsLabel(name)) throw ChatErrors.RoomNameLength;
        foreach (var letter in name)
        {
            if (letter is < '\u0020' or '\u007F') throw ChatErrors.RoomNameControlChars;
        }
        if (HasLoneSurrogate(name)) throw ChatErrors.RoomNameNotUtf8;
        return ChannelId.Room(name);
    }

    /// <summary>JSON can contain lone surrogates, which cannot be encoded.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var consumed) != OperationStatus.Done) return true;
            text = text[consumed..];
        }
        return false;
    }

    private async ValueTask<ChannelId> DirectAsync(Guid userId, string target, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(target, out var otherId) || otherId == Guid.Empty) throw ChatErrors.InvalidUserId;
        try
        {
            if (!await blocks.AcceptsAsync(otherId, userId, cancellationToken)) throw ChatErrors.UserNotFound;
        }
        catch (NpgsqlException e)
        {
            ChatLog.LookupFailed(logger, e);
            throw ChatErrors.UserLookupFailed;
        }
        return ChannelId.Direct(userId, otherId);
    }

    private async ValueTask<ChannelId> GroupAsync(Guid userId, string target, CancellationToken cancellationToken)
    {
        if (!UuidText.TryParse(target, out var groupId)) throw ChatErrors.InvalidGroupId;
        var channel = ChannelId.Group(groupId);
        try
        {
            if (!await gates.MayEnterAsync(channel, userId, cancellationToken)) throw ChatErrors.GroupNotFound;
        }
        catch (NpgsqlException e)
        {
            ChatLog.LookupFailed(logger, e);
            throw ChatErrors.GroupLookupFailed;
        }
        return channel;
    }
}
