using System.Text;
using System.Text.Json;
using Nakama.Protocol.Json;
using Nakama.Protocol.Realtime;
using Nakama.Tests.TestHost;
using Proto = Nakama.Protocol.Realtime;

namespace Nakama.Tests.Soak;

/// <summary>A player on the hub, in JSON.</summary>
internal sealed class HubPlayer(TestSocket socket) : ISoakPlayer
{
    private const char End = '\u001e';

    private int _calls;

    public static async Task<ISoakPlayer> OpenAsync(TestServer server, TestPlayer player)
    {
        var socket = await TestSocket.OpenAsync(new Uri($"ws://127.0.0.1:{server.Port}/signalr?status=true&access_token={player.Token}"));
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}" + End);
        return new HubPlayer(socket);
    }

    public async Task<Envelope?> AskAsync(Envelope request)
    {
        var id = $"c{++_calls}";
        if (!await TrySendAsync(request, $"\"invocationId\":\"{id}\",")) return null;
        while (await socket.ReceiveBytesAsync() is { } bytes)
        {
            foreach (var text in Encoding.UTF8.GetString(bytes).Split(End, StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = JsonDocument.Parse(text);
                if (!json.RootElement.TryGetProperty("invocationId", out var answered) || answered.GetString() != id) continue;
                return AnswerIn(json.RootElement);
            }
        }
        return null;
    }

    public Task SendAsync(Envelope message) => TrySendAsync(message, "");

    public async Task LeaveAsync()
    {
        try
        {
            await socket.CloseAsync();
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // The node was faster.
        }
    }

    public void Vanish()
    {
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private async Task<bool> TrySendAsync(Envelope message, string id)
    {
        var (target, arguments) = CallOf(message);
        try
        {
            await socket.SendAsync($$"""{"type":1,{{id}}"target":"{{target}}","arguments":{{JsonSerializer.Serialize(arguments)}}}""" + End);
            return true;
        }
        catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>The message as a call of the method that is named after it.</summary>
    private static (string Target, object?[] Arguments) CallOf(Envelope message) => (message.MessageCase.ToString(), message.MessageCase switch
    {
        Envelope.MessageOneofCase.ChannelJoin => [message.ChannelJoin.Target, message.ChannelJoin.Type, null, null],
        Envelope.MessageOneofCase.ChannelLeave => [message.ChannelLeave.ChannelId],
        Envelope.MessageOneofCase.ChannelMessageSend => [message.ChannelMessageSend.ChannelId, message.ChannelMessageSend.Content],
        Envelope.MessageOneofCase.MatchCreate => [message.MatchCreate.Name],
        Envelope.MessageOneofCase.MatchJoin => [message.MatchJoin.MatchId, null, null],
        Envelope.MessageOneofCase.MatchLeave => [message.MatchLeave.MatchId],
        Envelope.MessageOneofCase.MatchDataSend =>
            [message.MatchDataSend.MatchId, message.MatchDataSend.OpCode, message.MatchDataSend.Data.ToBase64(), null, true],
        Envelope.MessageOneofCase.StatusUpdate => [message.StatusUpdate.Status],
        _ => [],
    });

    /// <summary>The result of a call as the envelope that a socket gets; an error when the call failed.</summary>
    private static Envelope AnswerIn(JsonElement completion)
    {
        if (completion.TryGetProperty("error", out var error)) return new Envelope { Error = new Proto.Error { Message = error.GetString() } };
        var answer = new Envelope();
        if (!completion.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object) return answer;
        var bytes = Encoding.UTF8.GetBytes(result.GetRawText());
        if (result.TryGetProperty("match_id", out _)) ProtoJson.ReadStrict(bytes, answer.Match = new Proto.Match());
        else if (result.TryGetProperty("message_id", out _)) ProtoJson.ReadStrict(bytes, answer.ChannelMessageAck = new Proto.ChannelMessageAck());
        else if (result.TryGetProperty("id", out _)) ProtoJson.ReadStrict(bytes, answer.Channel = new Proto.Channel());
        return answer;
    }
}
