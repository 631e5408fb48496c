using Nakama.Protocol.Api;
using Nakama.Protocol.Realtime;
using Nakama.Server.Chat;
using Nakama.Server.Groups;
using Nakama.Server.Realtime;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.Functions;

/// <summary>Chat channels. Writing to a channel here does not require membership.</summary>
internal sealed class ChannelFunctions(ChannelMessages messages, ChannelHistory history, ChannelTargets targets, GroupStore groups) : IFunctionModule
{
    private const int MaxLimit = 100;
    private const int GroupType = 3;
    private const string BadSender = "expects sender id to either be not set, empty string or a valid UUID";
    private const string BadMessage = "Invalid message identifier";
    private const string NoContent = "{}";

    private static readonly LanguageText BadChannel = new("error converting channel identifier to stream: invalid channel id", "invalid channel id");

    public string Name => "Channels";

    public void Describe(FunctionGroup functions)
    {
        functions.Function("channel_id_build", "The id of a room (1), of the channel between two users (2) or of a group's (3).")
            .OptionalId("sender_id", BadSender).Text("target").Whole("type")
            .Returns("channel_id").Does(BuildAsync);
        Sender(functions.Function("channel_message_send", "Writes a message into a channel, in a user's name or the system's.")
            .Text("channel_id", "expects channel ID string").OptionalTable("content", "expects content to be an object")).Does(SendAsync);
        Sender(functions.Function("channel_message_update", "Changes a message of its own sender.")
            .Text("channel_id", "expects channel ID string").Id("message_id", BadMessage).OptionalTable("content", "expects content to be an object")).Does(UpdateAsync);
        Sender(functions.Function("channel_message_remove", "Removes a message of its own sender.")
            .Text("channel_id", "expects channel ID string").Id("message_id", BadMessage)).Does(RemoveAsync);
        functions.Function("channel_messages_list", "A page of what was said in a channel.")
            .Text("channel_id", "expects channel ID string").OptionalWhole("limit", MaxLimit).OptionalFlag("forward", true).OptionalText("cursor", "")
            .Returns("messages", "next_cursor", "prev_cursor").Does(ListAsync);
    }

    private static FunctionDescription Sender(FunctionDescription function) => function
        .OptionalId("sender_id", BadSender).OptionalText("sender_username", "").OptionalFlag("persist", false, inJavaScript: true)
        .Returns("ack");

    private async ValueTask<ScriptValue> BuildAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (senderId, target, type) = (call.IdOrNull(0) ?? Guid.Empty, call.Text(1), call.Whole(2));
        if (type is < 1 or > GroupType) throw call.Refuse(2, "invalid channel type: expects value 1-3");
        try
        {
            // The system is not a member of any group, and may write to all existing ones.
            if (senderId == Guid.Empty && type == GroupType && UuidText.TryParse(target, out var groupId))
                return (await groups.GetAsync([groupId], cancellationToken)).Count > 0 ? ScriptValue.Of(ChannelId.Group(groupId).Text) : throw ChatErrors.GroupNotFound;
            var channel = await targets.ResolveAsync(senderId, new ChannelJoin { Target = target, Type = (int)type }, cancellationToken);
            return ScriptValue.Of(channel.Text);
        }
        catch (RealtimeException e)
        {
            throw call.Refuse(0, e.Message);
        }
    }

    private async ValueTask<ScriptValue> SendAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (channel, content) = (ChannelOf(call), call.JsonOrNull(1) ?? NoContent);
        return Of(call, await messages.SendAsync(channel, SenderOf(call, 2), content, call.Flag(4), cancellationToken)
            .OrFaultAsync("failed to send channel message"));
    }

    private async ValueTask<ScriptValue> UpdateAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        var (channel, content) = (ChannelOf(call), call.JsonOrNull(2) ?? NoContent);
        return Of(call, await messages.UpdateAsync(channel, SenderOf(call, 3), call.Id(1), content, call.Flag(5), cancellationToken)
            .OrFaultAsync("failed to update channel message"));
    }

    private async ValueTask<ScriptValue> RemoveAsync(FunctionCall call, CancellationToken cancellationToken) =>
        Of(call, await messages.RemoveAsync(ChannelOf(call), SenderOf(call, 2), call.Id(1), call.Flag(4), cancellationToken)
            .OrFaultAsync("failed to remove channel message"));

    private async ValueTask<ScriptValue> ListAsync(FunctionCall call, CancellationToken cancellationToken)
    {
        const string Failure = "failed to list channel messages";
        var (limit, isForward, channel) = (call.Limit(1, MaxLimit), call.Flag(2), ChannelOf(call));
        var page = await PageAsync().OrFaultAsync(Failure);
        return ScriptValue.Results(ScriptValue.Of(page.Messages.Select(Of).ToList()), Cursor(page.NextCursor), Cursor(page.PrevCursor));

        async ValueTask<ChannelMessageList> PageAsync() =>
            await history.ListAsync(channel, limit, isForward, ChannelHistory.ReadCursor(call.Text(3), channel, isForward), cancellationToken);

        ScriptValue Cursor(string text) => call.Language == ScriptLanguage.Lua ? PageArguments.Cursor(text) : ScriptValue.Of(text);
    }

    private static ChannelId ChannelOf(FunctionCall call)
    {
        if (ChannelId.TryParse(call.Text(0), out var channel)) return channel;
        throw call.Language == ScriptLanguage.Lua ? new FunctionException(BadChannel) : call.Refuse(0, BadChannel);
    }

    private static MessageSender SenderOf(FunctionCall call, int parameter)
    {
        var id = call.IdOrNull(parameter) ?? Guid.Empty;
        return new MessageSender(id, id.ToString(), call.Text(parameter + 1));
    }

    private static ScriptValue Of(FunctionCall call, ChannelMessageAck ack) => ScriptValue.Of(
        ScriptRecord.Showing(ack, call.Language, static (source, language) => Show((ChannelMessageAck)source, language), hasForeignNames: true));

    private static ScriptValue Of(ChannelMessage message) => ScriptValue.Of(
        ScriptRecord.Showing(message, static (source, _) => Show((ChannelMessage)source), hasForeignNames: true));

    private static ScriptRecord Show(ChannelMessageAck ack, ScriptLanguage language) => new ScriptRecord(7)
        .Add("channelId", ack.ChannelId)
        .Add("messageId", ack.MessageId)
        .Add("code", Wrapped(ScriptValue.Of((double)(ack.Code ?? 0)), language))
        .Add("username", ack.Username)
        .AddIfSet("createTime", ack.CreateTime)
        .AddIfSet("updateTime", ack.UpdateTime)
        .Add("persistent", Wrapped(ScriptValue.Of(ack.Persistent == true), language));

    /// <summary>JavaScript modules have always got these values within an object.</summary>
    private static ScriptValue Wrapped(ScriptValue value, ScriptLanguage language) => language == ScriptLanguage.JavaScript
        ? ScriptValue.Of(new ScriptRecord(1) { HasForeignNames = true }.Add("Value", value))
        : value;

    private static ScriptRecord Show(ChannelMessage message) => new ScriptRecord(13)
        .Add("channelId", message.ChannelId)
        .Add("messageId", message.MessageId)
        .Add("code", message.Code ?? 0)
        .Add("senderId", message.SenderId)
        .Add("username", message.Username)
        .Add("content", message.Content)
        .AddIfSet("createTime", message.CreateTime)
        .AddIfSet("updateTime", message.UpdateTime)
        .Add("persistent", message.Persistent == true)
        .Add("roomName", message.RoomName)
        .Add("groupId", message.GroupId)
        .Add("userIdOne", message.UserIdOne)
        .Add("userIdTwo", message.UserIdTwo);
}
