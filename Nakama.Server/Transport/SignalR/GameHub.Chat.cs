using Nakama.Protocol.Realtime;

namespace Nakama.Server.Transport.SignalR;

// Channels and their messages.
internal sealed partial class GameHub
{
    /// <summary>Joins a room (type 1), the direct channel to a user (2) or a group's channel (3).</summary>
    public async Task<Channel?> ChannelJoin(string target, int type, bool? persistence, bool? hidden)
    {
        var join = new ChannelJoin { Target = target, Type = type, Persistence = persistence, Hidden = hidden };
        return (await CallAsync(new Envelope { ChannelJoin = join }))?.Channel;
    }

    public Task ChannelLeave(string channelId) => CallAsync(new Envelope { ChannelLeave = new ChannelLeave { ChannelId = channelId } });

    /// <param name="channelId">A channel that was joined before.</param>
    /// <param name="content">The text of a JSON object.</param>
    public async Task<ChannelMessageAck?> ChannelMessageSend(string channelId, string content)
    {
        var send = new ChannelMessageSend { ChannelId = channelId, Content = content };
        return (await CallAsync(new Envelope { ChannelMessageSend = send }))?.ChannelMessageAck;
    }

    public async Task<ChannelMessageAck?> ChannelMessageUpdate(string channelId, string messageId, string content)
    {
        var update = new ChannelMessageUpdate { ChannelId = channelId, MessageId = messageId, Content = content };
        return (await CallAsync(new Envelope { ChannelMessageUpdate = update }))?.ChannelMessageAck;
    }

    public async Task<ChannelMessageAck?> ChannelMessageRemove(string channelId, string messageId)
    {
        var remove = new ChannelMessageRemove { ChannelId = channelId, MessageId = messageId };
        return (await CallAsync(new Envelope { ChannelMessageRemove = remove }))?.ChannelMessageAck;
    }
}
