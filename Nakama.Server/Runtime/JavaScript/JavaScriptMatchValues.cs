using Jint;
using Jint.Native;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Converts the values of matches to JavaScript.</summary>
internal static class JavaScriptMatchValues
{
    private static readonly JsObjectLayout Presence = new("userId", "sessionId", "username", "node");
    private static readonly JsObjectLayout PresenceWithReason = new("userId", "sessionId", "username", "node", "reason");
    private static readonly JsObjectLayout Message = new("sender", "opCode", "data", "reliable", "receiveTimeMs");

    public static JsObject ToScript(JavaScriptEngine engine, MatchPresence presence, bool withReason)
    {
        var texts = presence.Form as PresenceTexts ?? Keep(presence);
        return withReason
            ? JsObject.Create(engine.Machine, PresenceWithReason, [texts.UserId, texts.SessionId, texts.Username, texts.Node, JsNumber.Create((int)presence.Reason)])
            : JsObject.Create(engine.Machine, Presence, [texts.UserId, texts.SessionId, texts.Username, texts.Node]);
    }

    public static JsArray ToScript(JavaScriptEngine engine, IReadOnlyList<MatchPresence> presences)
    {
        var values = new JsValue[presences.Count];
        for (var i = 0; i < values.Length; i++) values[i] = ToScript(engine, presences[i], withReason: true);
        return new JsArray(engine.Machine, values);
    }

    public static JsArray ToScript(JavaScriptEngine engine, IReadOnlyList<MatchMessage> messages)
    {
        if (messages.Count == 0) return new JsArray(engine.Machine, []);
        var values = new JsValue[messages.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var message = messages[i];
            JsValue data = message.Data.Length == 0 ? JsValue.Null : engine.Machine.Intrinsics.ArrayBuffer.Construct(message.Data.ToByteArray());
            values[i] = JsObject.Create(
                engine.Machine, Message,
                [
                    ToScript(engine, message.Sender, withReason: false), JsNumber.Create(message.OpCode), data,
                    message.IsReliable ? JsBoolean.True : JsBoolean.False, JsNumber.Create(message.ReceivedAtMs),
                ]);
        }

        return new JsArray(engine.Machine, values);
    }

    public static JsValue ToScript(Engine engine, object? value)
    {
        switch (value)
        {
            case bool flag: return flag ? JsBoolean.True : JsBoolean.False;
            case long whole: return JsNumber.Create(whole);
            case double number: return JsNumber.Create(number);
            case string text: return JsString.Create(text);
            case byte[] bytes: return engine.Intrinsics.ArrayBuffer.Construct(bytes);
            case List<object?> list: return new JsArray(engine, [.. list.Select(item => ToScript(engine, item))]);
            case Dictionary<string, object?> map:
                var result = new JsObject(engine);
                foreach (var (name, item) in map) result.FastSetDataProperty(name, ToScript(engine, item));
                return result;
            default: return JsValue.Null;
        }
    }

    private static PresenceTexts Keep(MatchPresence presence)
    {
        var texts = new PresenceTexts(new(presence.UserIdText), new(presence.SessionIdText), new(presence.Username), new(presence.Node));
        presence.Form = texts;
        return texts;
    }

    /// <summary>The texts of a presence, kept for the next message of the same member.</summary>
    private sealed record PresenceTexts(JsString UserId, JsString SessionId, JsString Username, JsString Node);
}
