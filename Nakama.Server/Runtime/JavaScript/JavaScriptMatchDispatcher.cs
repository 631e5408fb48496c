using Google.Protobuf;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Security;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The object through which a JavaScript match sends messages and changes its match. Its members are read-only.</summary>
internal sealed class JavaScriptMatchDispatcher
{
    private readonly JavaScriptEngine _engine;
    private readonly MatchDispatcher _dispatcher;
    private readonly Action<string> _onLabel;

    private JavaScriptMatchDispatcher(JavaScriptEngine engine, MatchDispatcher dispatcher, Action<string> onLabel) =>
        (_engine, _dispatcher, _onLabel) = (engine, dispatcher, onLabel);

    /// <param name="engine">The engine of the match.</param>
    /// <param name="dispatcher">What carries the calls out.</param>
    /// <param name="onLabel">Runs when the script has changed the label.</param>
    public static JsObject Make(JavaScriptEngine engine, MatchDispatcher dispatcher, Action<string> onLabel)
    {
        var self = new JavaScriptMatchDispatcher(engine, dispatcher, onLabel);
        var result = new JsObject(engine.Machine);
        Add("broadcastMessage", arguments => self.Broadcast(arguments, isDeferred: false));
        Add("broadcastMessageDeferred", arguments => self.Broadcast(arguments, isDeferred: true));
        Add("matchKick", self.Kick);
        Add("matchLabelUpdate", self.UpdateLabel);
        return result;

        void Add(string name, Func<JsValue[], JsValue> run) => result.FastSetProperty(
            name,
            new PropertyDescriptor(new ClrFunction(engine.Machine, name, (_, arguments) => run(arguments)), writable: false, enumerable: true, configurable: true));
    }

    private JsValue Broadcast(JsValue[] arguments, bool isDeferred)
    {
        var message = new MatchBroadcast(OpCodeAt(arguments, 0), DataAt(arguments, 1))
        {
            Receivers = IsAbsent(arguments, 2) ? null : TargetsAt(arguments, 2, needsUser: false),
            Sender = SenderAt(arguments, 3),
            IsReliable = IsAbsent(arguments, 4) || (arguments[4].IsBoolean() ? arguments[4].AsBoolean() : throw _engine.MakeTypeError("expects boolean")),
        };
        try
        {
            if (isDeferred) _dispatcher.BroadcastDeferred(message);
            else _dispatcher.Broadcast(message);
        }
        catch (MatchException e)
        {
            throw _engine.MakeError(isDeferred && !e.IsStopped ? $"error deferring message broadcast: {e.Message}" : e.Message);
        }

        return JsValue.Undefined;
    }

    private JsValue Kick(JsValue[] arguments)
    {
        if (IsAbsent(arguments, 0)) return JsValue.Undefined;
        var targets = TargetsAt(arguments, 0, needsUser: true);
        if (targets.Length == 0) return JsValue.Undefined;
        try
        {
            _dispatcher.Kick(targets);
        }
        catch (MatchException e)
        {
            throw _engine.MakeError(e.Message);
        }

        return JsValue.Undefined;
    }

    private JsValue UpdateLabel(JsValue[] arguments)
    {
        var label = arguments.Length > 0 && arguments[0].IsString() ? arguments[0].ToString() : throw _engine.MakeTypeError("expects string");
        try
        {
            _dispatcher.UpdateLabel(label);
            _onLabel(label);
        }
        catch (MatchException e)
        {
            throw _engine.MakeError(e.IsStopped ? e.Message : $"error updating match label: {e.Message}");
        }

        return JsValue.Undefined;
    }

    private long OpCodeAt(JsValue[] arguments, int index) =>
        index < arguments.Length && arguments[index].IsNumber() && arguments[index].AsNumber() is var code && code == Math.Floor(code) && Math.Abs(code) < long.MaxValue
            ? (long)code
            : throw _engine.MakeTypeError("expects number");

    private ByteString DataAt(JsValue[] arguments, int index)
    {
        if (IsAbsent(arguments, index)) return ByteString.Empty;
        if (arguments[index].IsString()) return ByteString.CopyFromUtf8(arguments[index].ToString());
        // Copied, because the script may change its buffer afterwards.
        return arguments[index].IsArrayBuffer()
            ? ByteString.CopyFrom(arguments[index].AsArrayBuffer() ?? [])
            : throw _engine.MakeTypeError("expects data to be an ArrayBuffer, a string or nil");
    }

    private MatchTarget[] TargetsAt(JsValue[] arguments, int index, bool needsUser)
    {
        if (arguments[index] is not JsArray list) throw _engine.MakeTypeError("expects an array of presences or nil");
        var targets = new MatchTarget[list.Length];
        for (uint i = 0; i < list.Length; i++)
        {
            if (list[i] is not ObjectInstance presence) throw _engine.MakeTypeError("expects a valid set of presences");
            if (needsUser && !TryReadId(presence, "userId", out _)) throw _engine.MakeTypeError("expects presence to contain 'userId'");
            if (!TryReadId(presence, "sessionId", out var session)) throw _engine.MakeTypeError("presence is expected to contain a 'sessionId'");
            if (presence.Get("node") is not JsString { Length: > 0 } node) throw _engine.MakeTypeError("expects presence to contain a 'node'");
            targets[i] = new MatchTarget(session, node.ToString());
        }

        return targets;
    }

    /// <summary>For compatibility, the message shows the session's id as the username.</summary>
    private UserPresence? SenderAt(JsValue[] arguments, int index)
    {
        if (IsAbsent(arguments, index)) return null;
        if (arguments[index] is not ObjectInstance sender) throw _engine.MakeTypeError("expects sender to be an object");
        if (!TryReadId(sender, "userId", out var user)) throw _engine.MakeTypeError("presence is expected to contain a 'userId'");
        if (!TryReadId(sender, "sessionId", out var session)) throw _engine.MakeTypeError("presence is expected to contain a 'sessionId'");
        if (sender.Get("username") is not JsString { Length: > 0 }) throw _engine.MakeTypeError("expects presence to contain a 'username'");
        return new UserPresence { UserId = user.ToString(), SessionId = session.ToString(), Username = session.ToString() };
    }

    private static bool TryReadId(ObjectInstance presence, string name, out Guid id)
    {
        id = default;
        return presence.Get(name) is JsString text && UuidText.TryParse(text.ToString(), out id);
    }

    private static bool IsAbsent(JsValue[] arguments, int index) => index >= arguments.Length || arguments[index].IsUndefined() || arguments[index].IsNull();
}
