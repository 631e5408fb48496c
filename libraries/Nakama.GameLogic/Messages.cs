using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic;

/// <summary>The messages of the socket for which <see cref="IGameBuilder"/> accepts hooks.</summary>
public static class Messages
{
    public static MessageKind<ChannelJoin> ChannelJoin { get; } =
        new("ChannelJoin", static envelope => envelope.ChannelJoin, static (envelope, message) => envelope.ChannelJoin = message);

    public static MessageKind<ChannelLeave> ChannelLeave { get; } =
        new("ChannelLeave", static envelope => envelope.ChannelLeave, static (envelope, message) => envelope.ChannelLeave = message);

    public static MessageKind<ChannelMessageRemove> ChannelMessageRemove { get; } =
        new("ChannelMessageRemove", static envelope => envelope.ChannelMessageRemove, static (envelope, message) => envelope.ChannelMessageRemove = message);

    public static MessageKind<ChannelMessageSend> ChannelMessageSend { get; } =
        new("ChannelMessageSend", static envelope => envelope.ChannelMessageSend, static (envelope, message) => envelope.ChannelMessageSend = message);

    public static MessageKind<ChannelMessageUpdate> ChannelMessageUpdate { get; } =
        new("ChannelMessageUpdate", static envelope => envelope.ChannelMessageUpdate, static (envelope, message) => envelope.ChannelMessageUpdate = message);

    public static MessageKind<MatchCreate> MatchCreate { get; } =
        new("MatchCreate", static envelope => envelope.MatchCreate, static (envelope, message) => envelope.MatchCreate = message);

    public static MessageKind<MatchDataSend> MatchDataSend { get; } =
        new("MatchDataSend", static envelope => envelope.MatchDataSend, static (envelope, message) => envelope.MatchDataSend = message);

    public static MessageKind<MatchJoin> MatchJoin { get; } =
        new("MatchJoin", static envelope => envelope.MatchJoin, static (envelope, message) => envelope.MatchJoin = message);

    public static MessageKind<MatchLeave> MatchLeave { get; } =
        new("MatchLeave", static envelope => envelope.MatchLeave, static (envelope, message) => envelope.MatchLeave = message);

    public static MessageKind<MatchmakerAdd> MatchmakerAdd { get; } =
        new("MatchmakerAdd", static envelope => envelope.MatchmakerAdd, static (envelope, message) => envelope.MatchmakerAdd = message);

    public static MessageKind<MatchmakerRemove> MatchmakerRemove { get; } =
        new("MatchmakerRemove", static envelope => envelope.MatchmakerRemove, static (envelope, message) => envelope.MatchmakerRemove = message);

    public static MessageKind<PartyAccept> PartyAccept { get; } =
        new("PartyAccept", static envelope => envelope.PartyAccept, static (envelope, message) => envelope.PartyAccept = message);

    public static MessageKind<PartyClose> PartyClose { get; } =
        new("PartyClose", static envelope => envelope.PartyClose, static (envelope, message) => envelope.PartyClose = message);

    public static MessageKind<PartyCreate> PartyCreate { get; } =
        new("PartyCreate", static envelope => envelope.PartyCreate, static (envelope, message) => envelope.PartyCreate = message);

    public static MessageKind<PartyDataSend> PartyDataSend { get; } =
        new("PartyDataSend", static envelope => envelope.PartyDataSend, static (envelope, message) => envelope.PartyDataSend = message);

    public static MessageKind<PartyJoin> PartyJoin { get; } =
        new("PartyJoin", static envelope => envelope.PartyJoin, static (envelope, message) => envelope.PartyJoin = message);

    public static MessageKind<PartyJoinRequestList> PartyJoinRequestList { get; } =
        new("PartyJoinRequestList", static envelope => envelope.PartyJoinRequestList, static (envelope, message) => envelope.PartyJoinRequestList = message);

    public static MessageKind<PartyLeave> PartyLeave { get; } =
        new("PartyLeave", static envelope => envelope.PartyLeave, static (envelope, message) => envelope.PartyLeave = message);

    public static MessageKind<PartyMatchmakerAdd> PartyMatchmakerAdd { get; } =
        new("PartyMatchmakerAdd", static envelope => envelope.PartyMatchmakerAdd, static (envelope, message) => envelope.PartyMatchmakerAdd = message);

    public static MessageKind<PartyMatchmakerRemove> PartyMatchmakerRemove { get; } =
        new("PartyMatchmakerRemove", static envelope => envelope.PartyMatchmakerRemove, static (envelope, message) => envelope.PartyMatchmakerRemove = message);

    public static MessageKind<PartyPromote> PartyPromote { get; } =
        new("PartyPromote", static envelope => envelope.PartyPromote, static (envelope, message) => envelope.PartyPromote = message);

    public static MessageKind<PartyRemove> PartyRemove { get; } =
        new("PartyRemove", static envelope => envelope.PartyRemove, static (envelope, message) => envelope.PartyRemove = message);

    public static MessageKind<PartyUpdate> PartyUpdate { get; } =
        new("PartyUpdate", static envelope => envelope.PartyUpdate, static (envelope, message) => envelope.PartyUpdate = message);

    public static MessageKind<Ping> Ping { get; } =
        new("Ping", static envelope => envelope.Ping, static (envelope, message) => envelope.Ping = message);

    public static MessageKind<Pong> Pong { get; } =
        new("Pong", static envelope => envelope.Pong, static (envelope, message) => envelope.Pong = message);

    public static MessageKind<StatusFollow> StatusFollow { get; } =
        new("StatusFollow", static envelope => envelope.StatusFollow, static (envelope, message) => envelope.StatusFollow = message);

    public static MessageKind<StatusUnfollow> StatusUnfollow { get; } =
        new("StatusUnfollow", static envelope => envelope.StatusUnfollow, static (envelope, message) => envelope.StatusUnfollow = message);

    public static MessageKind<StatusUpdate> StatusUpdate { get; } =
        new("StatusUpdate", static envelope => envelope.StatusUpdate, static (envelope, message) => envelope.StatusUpdate = message);
}
