using Microsoft.AspNetCore.SignalR;
using Nakama.Server.Wire.Realtime;
using RpcMessage = Nakama.Server.Wire.Api.Rpc;
using StatusMessage = Nakama.Server.Wire.Realtime.Status;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// The realtime messages as methods, for clients that speak SignalR. Each method is named after its message, takes its fields
/// in order and returns the message that a socket would get as answer; what the server tells comes as events named after
/// their messages. A refusal is an exception, see <see cref="HubFailure"/>.
/// </summary>
internal sealed class GameHub(SignalRSessions sessions) : Hub
{
    private static readonly object SessionKey = new();

    private SignalRSession Session => (SignalRSession)Context.Items[SessionKey]!;

    public override Task OnConnectedAsync()
    {
        var connection = Context.Features.Get<HubConnectionContext>()!;
        Context.Items[SessionKey] = sessions.Open(connection, (HubUser)Context.User!, Context.GetHttpContext());
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception) => sessions.EndAsync(Session, exception);

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

    /// <summary>Follows users by id, by name or both; null stands for none.</summary>
    public async Task<StatusMessage?> StatusFollow(string[]? userIds, string[]? usernames)
    {
        var follow = new StatusFollow { UserIds = { userIds ?? [] }, Usernames = { usernames ?? [] } };
        return (await CallAsync(new Envelope { StatusFollow = follow }))?.Status;
    }

    public Task StatusUnfollow(string[]? userIds) =>
        CallAsync(new Envelope { StatusUnfollow = new StatusUnfollow { UserIds = { userIds ?? [] } } });

    /// <summary>Sets the status; null goes offline.</summary>
    public Task StatusUpdate(string? status) => CallAsync(new Envelope { StatusUpdate = new StatusUpdate { Status = status } });

    public async Task<Pong?> Ping() => (await CallAsync(new Envelope { Ping = new Ping() }))?.Pong;

    /// <summary>Calls a function of the game's modules.</summary>
    public async Task<RpcMessage?> Rpc(string id, string? payload)
    {
        var rpc = new RpcMessage { Id = id, Payload = payload ?? "" };
        return (await CallAsync(new Envelope { Rpc = rpc }))?.Rpc;
    }

    private async Task<Envelope?> CallAsync(Envelope request)
    {
        var answer = await Session.CallAsync(request);
        return answer?.Error is { } error ? throw HubFailure.Of(error) : answer;
    }
}
