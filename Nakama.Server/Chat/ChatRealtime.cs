using Nakama.Protocol.Realtime;
using Nakama.Server.Database;
using Nakama.Server.Presence;
using Nakama.Server.Realtime;
using Nakama.Server.Security;
using Nakama.Server.Sessions;

namespace Nakama.Server.Chat;

/// <summary>The chat messages of the socket.</summary>
internal sealed class ChatRealtime(ChannelTargets targets, ChannelMembers members, ChannelMessages messages, PresenceTracker tracker)
    : IRealtimeFeature
{
    public void Map(RealtimeMap realtime)
    {
        realtime.Map(Envelope.MessageOneofCase.ChannelJoin, JoinAsync);
        realtime.Map(Envelope.MessageOneofCase.ChannelLeave, Leave);
        realtime.Map(Envelope.MessageOneofCase.ChannelMessageSend, Send);
        realtime.Map(Envelope.MessageOneofCase.ChannelMessageUpdate, UpdateAsync);
        realtime.Map(Envelope.MessageOneofCase.ChannelMessageRemove, RemoveAsync);
    }

    private async ValueTask<Envelope?> JoinAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var join = request.ChannelJoin;
        var channel = await targets.ResolveAsync(session.UserId, join, cancellationToken);
        var meta = new PresenceMeta(Hidden: join.Hidden ?? false, Persistence: join.Persistence ?? true, "");
        return new Envelope { Channel = await members.JoinAsync(session, channel, meta, cancellationToken) };
    }

    private ValueTask<Envelope?> Leave(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var channel = Parse(request.ChannelLeave.ChannelId);
        tracker.Untrack(session, channel.Stream);
        return new(new Envelope());
    }

    private ValueTask<Envelope?> Send(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var send = request.ChannelMessageSend;
        var channel = Parse(send.ChannelId);
        if (!JsonbText.IsObject(send.Content)) throw ChatErrors.InvalidContent;
        var presence = tracker.Find(session, channel.Stream) ?? throw ChatErrors.JoinBeforeSending;
        var sending = messages.SendAsync(channel, new MessageSender(session), send.Content, presence.Meta.Persistence, cancellationToken);
        return sending.IsCompletedSuccessfully ? new(Acknowledge(sending.Result)) : AcknowledgeAsync(sending);
    }

    private ValueTask<Envelope?> UpdateAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var update = request.ChannelMessageUpdate;
        if (!UuidText.TryParse(update.MessageId, out var id)) throw ChatErrors.InvalidMessageId;
        var channel = Parse(update.ChannelId);
        if (!JsonbText.IsObject(update.Content)) throw ChatErrors.InvalidContent;
        var presence = tracker.Find(session, channel.Stream) ?? throw ChatErrors.JoinBeforeUpdating;
        return AcknowledgeAsync(messages.UpdateAsync(
            channel, new MessageSender(session), id, update.Content, presence.Meta.Persistence, cancellationToken));
    }

    private ValueTask<Envelope?> RemoveAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var remove = request.ChannelMessageRemove;
        if (!UuidText.TryParse(remove.MessageId, out var id)) throw ChatErrors.InvalidMessageId;
        var channel = Parse(remove.ChannelId);
        var presence = tracker.Find(session, channel.Stream) ?? throw ChatErrors.JoinBeforeRemoving;
        return AcknowledgeAsync(messages.RemoveAsync(channel, new MessageSender(session), id, presence.Meta.Persistence, cancellationToken));
    }

    private static ChannelId Parse(string text) =>
        ChannelId.TryParse(text, out var channel) ? channel : throw ChatErrors.InvalidChannelId;

    private static Envelope Acknowledge(ChannelMessageAck ack) => new() { ChannelMessageAck = ack };

    private static async ValueTask<Envelope?> AcknowledgeAsync(ValueTask<ChannelMessageAck> running) => Acknowledge(await running);
}
