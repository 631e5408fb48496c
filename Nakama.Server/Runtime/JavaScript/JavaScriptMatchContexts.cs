using Jint.Native;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Creates the contexts of one match. Each call gets its own, so that no call sees what another has changed in it; their values
/// are kept.
/// </summary>
internal sealed class JavaScriptMatchContexts(JavaScriptEngine engine, MatchContext match, JavaScriptContexts contexts)
{
    private static readonly JsObjectLayout BeforeStart = new("env", "executionMode", "node", "version", "matchId", "matchNode");
    private static readonly JsObjectLayout Running = new("env", "executionMode", "node", "version", "matchId", "matchNode", "matchLabel", "matchTickRate");
    private static readonly JsString Mode = new(ExecutionMode.Match);
    private static readonly JsString ModeBeforeStart = new(ExecutionMode.MatchCreate);

    private readonly JsString _matchId = new(match.MatchId);
    private readonly JsString _matchNode = new(match.Node);
    private JsString? _label;
    private JsNumber? _tickRate;

    /// <param name="attempt">An attempt to join, whose session the context shows; null in other calls.</param>
    public JsObject Make(MatchJoinAttempt? attempt)
    {
        if (match.TickRate == 0)
            return JsObject.Create(engine.Machine, BeforeStart, [engine.Environment, ModeBeforeStart, contexts.Node, contexts.Version, _matchId, _matchNode]);
        if (_label?.ToString() != match.Label) _label = new JsString(match.Label);
        var context = JsObject.Create(
            engine.Machine, Running,
            [engine.Environment, Mode, contexts.Node, contexts.Version, _matchId, _matchNode, _label, _tickRate ??= JsNumber.Create(match.TickRate)]);
        if (attempt is not null) Show(context, attempt);
        return context;
    }

    /// <summary>The label in a context that a running call of a match may have.</summary>
    public static void SetLabel(JsObject context, string label) => context.FastSetDataProperty("matchLabel", JsString.Create(label));

    private void Show(JsObject context, MatchJoinAttempt attempt)
    {
        context.FastSetDataProperty("userId", JsString.Create(attempt.Presence.UserIdText));
        context.FastSetDataProperty("username", JsString.Create(attempt.Presence.Username));
        context.FastSetDataProperty("sessionId", JsString.Create(attempt.Presence.SessionIdText));
        context.FastSetDataProperty("userSessionExp", JsNumber.Create(attempt.Expiry));
        if (attempt.Vars.Count > 0) context.FastSetDataProperty("vars", JavaScriptConversion.ToObject(engine.Machine, attempt.Vars));
        if (attempt.ClientIp.Length > 0) context.FastSetDataProperty("clientIp", JsString.Create(attempt.ClientIp));
        if (attempt.ClientPort.Length > 0) context.FastSetDataProperty("clientPort", JsString.Create(attempt.ClientPort));
    }
}
