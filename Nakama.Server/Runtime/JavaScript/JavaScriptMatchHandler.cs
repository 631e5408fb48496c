using Jint;
using Jint.Native;
using Jint.Native.Object;
using Nakama.Server.Errors;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The handler of one match, on an engine of its own. The state is kept by reference.</summary>
internal sealed class JavaScriptMatchHandler : IMatchHandler
{
    private const int MaxTickRate = 60;

    private readonly JavaScriptHost _host;
    private readonly JavaScriptMatchHandlers _handlers;
    private readonly string _name;
    private readonly MatchContext _match;
    private readonly RuntimeContext _context;
    // Set by the first call.
    private JavaScriptEngine _engine = null!;
    private JsObject _dispatcher = null!;
    private JavaScriptMatchContexts _contexts = null!;
    private JsObject? _callContext;
    private JsValue _state = JsValue.Null;

    public JavaScriptMatchHandler(JavaScriptHost host, JavaScriptMatchHandlers handlers, string name, MatchContext match)
    {
        (_host, _handlers, _name, _match) = (host, handlers, name, match);
        _context = RuntimeContext.OfServer(ExecutionMode.Match, name);
    }

    public IMatchExecutor Executor => _host.Threads;

    public async ValueTask<MatchStart> InitAsync(Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        try
        {
            return Checked(await _host.Threads.RunAsync((Handler: this, Parameters: parameters), static state => state.Handler.Begin(state.Parameters), deadline: null));
        }
        catch (ApiException e)
        {
            throw new MatchException(e.Message, e);
        }
    }

    public ValueTask<MatchJoinDecision> JoinAttemptAsync(long tick, MatchJoinAttempt attempt, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Attempt: attempt), static state => state.Handler.JoinAttempt(state.Tick, state.Attempt));

    public ValueTask<bool> JoinAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Presences: presences), static state => state.Handler.Step(
            CallbackKind.MatchJoin, state.Tick, JavaScriptMatchValues.ToScript(state.Handler._engine, state.Presences)));

    public ValueTask<bool> LeaveAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Presences: presences), static state => state.Handler.Step(
            CallbackKind.MatchLeave, state.Tick, JavaScriptMatchValues.ToScript(state.Handler._engine, state.Presences)));

    public ValueTask<bool> LoopAsync(long tick, IReadOnlyList<MatchMessage> messages, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Messages: messages), static state => state.Handler.Step(
            CallbackKind.MatchLoop, state.Tick, JavaScriptMatchValues.ToScript(state.Handler._engine, state.Messages)));

    public ValueTask<bool> TerminateAsync(long tick, int graceSeconds, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Grace: graceSeconds), static state => state.Handler.Terminate(state.Tick, state.Grace));

    public ValueTask<MatchSignalAnswer> SignalAsync(long tick, string data, CancellationToken cancellationToken) =>
        RunAsync((Handler: this, Tick: tick, Data: data), static state => state.Handler.Signal(state.Tick, state.Data));

    public string DescribeState() => _host.Threads.RunPart(this, static handler => handler.Describe(), _engine.Deadline);

    private string Describe()
    {
        // A getter of the state may run code of the module.
        _engine.BeginCall();
        try
        {
            return System.Text.Encoding.UTF8.GetString(JavaScriptJsonWriter.Write(_state));
        }
        catch (Exception e) when (e is JintException or ApiException)
        {
            return "";
        }
        finally
        {
            _engine.EndCall(_state);
        }
    }

    public ValueTask DisposeAsync()
    {
        _state = JsValue.Null;
        return default;
    }

    private async ValueTask<TResult> RunAsync<TState, TResult>(TState state, Func<TState, TResult> run)
    {
        if (_engine.IsBroken) throw new MatchException("the JavaScript engine of the match was stopped");
        try
        {
            return Checked(await _host.Threads.RunAsync(state, run, _engine.Deadline));
        }
        catch (ScriptStoppedException)
        {
            _engine.IsBroken = true;
            throw;
        }
    }

    private TResult Checked<TResult>(TResult result) =>
        _engine.IsTooLarge ? throw new MatchException($"the match keeps more than {_host.Options.JsRetainedMemoryMb} MB") : result;

    private MatchStart Begin(Dictionary<string, object?> parameters)
    {
        _engine = _handlers.MakeEngine();
        _contexts = new JavaScriptMatchContexts(_engine, _match, _host.Contexts);
        _dispatcher = JavaScriptMatchDispatcher.Make(_engine, _match.Dispatcher, label => JavaScriptMatchContexts.SetLabel(_callContext!, label));
        return _host.Threads.RunPart((Handler: this, Parameters: parameters), static state => state.Handler.Init(state.Parameters), _engine.Deadline);
    }

    private MatchStart Init(Dictionary<string, object?> parameters)
    {
        var result = Call(CallbackKind.MatchInit, null, [JavaScriptMatchValues.ToScript(_engine.Machine, parameters)]);
        if (result is not ObjectInstance start || result is JsArray) throw new MatchException("matchInit is expected to return an object with 'state', 'tickRate' and 'label' properties");
        var rate = start.Get("tickRate");
        if (!start.HasProperty("tickRate")) throw new MatchException("matchInit return value has no 'tickRate' property");
        if (!rate.IsNumber() || rate.AsNumber() is not (>= 1 and <= MaxTickRate) || rate.AsNumber() != Math.Floor(rate.AsNumber()))
            throw new MatchException("matchInit 'tickRate' must be a number between 1 and 60");
        var label = "";
        if (start.HasProperty("label"))
        {
            label = start.Get("label") is JsString text ? text.ToString() : throw new MatchException("matchInit 'label' value must be a string");
            if (System.Text.Encoding.UTF8.GetByteCount(label) > MatchContext.MaxLabelBytes) throw MatchException.LabelTooLong;
        }

        if (!start.HasProperty("state")) throw new MatchException("matchInit is expected to return an object with a 'state' property");
        _state = start.Get("state");
        if (_state.IsNull() || _state.IsUndefined()) throw MatchException.NoInitialState;
        return new MatchStart((int)rate.AsNumber(), label);
    }

    private MatchJoinDecision JoinAttempt(long tick, MatchJoinAttempt attempt)
    {
        var result = Call(
            CallbackKind.MatchJoinAttempt, attempt,
            [
                _dispatcher, JsNumber.Create(tick), _state, JavaScriptMatchValues.ToScript(_engine, attempt.Presence, withReason: false),
                JavaScriptConversion.ToObject(_engine.Machine, attempt.Metadata),
            ]);
        if (result.IsNull() || result.IsUndefined()) return new MatchJoinDecision(false, false);
        var answer = KeepState(result, "matchJoinAttempt");
        if (!answer.HasProperty("accept") || !answer.Get("accept").IsBoolean()) throw new MatchException("matchJoinAttempt is expected to return an object with a boolean 'accept' property");
        var reason = "";
        if (!answer.Get("rejectMessage").IsUndefined())
            reason = answer.Get("rejectMessage") is JsString text ? text.ToString() : throw new MatchException("matchJoinAttempt 'rejectMessage' value must be a string");
        return new MatchJoinDecision(true, answer.Get("accept").AsBoolean(), reason);
    }

    private bool Step(CallbackKind kind, long tick, JsValue subject)
    {
        var result = Call(kind, null, [_dispatcher, JsNumber.Create(tick), _state, subject]);
        if (result.IsNull() || result.IsUndefined()) return false;
        KeepState(result, NameOf(kind));
        return true;
    }

    private bool Terminate(long tick, int graceSeconds)
    {
        KeepState(Call(CallbackKind.MatchTerminate, null, [_dispatcher, JsNumber.Create(tick), _state, JsNumber.Create(graceSeconds)]), "matchTerminate");
        return true;
    }

    private MatchSignalAnswer Signal(long tick, string data)
    {
        var answer = KeepState(Call(CallbackKind.MatchSignal, null, [_dispatcher, JsNumber.Create(tick), _state, JsString.Create(data)]), "matchSignal");
        if (!answer.HasProperty("data")) return new MatchSignalAnswer(true, "");
        return new MatchSignalAnswer(true, answer.Get("data") is JsString text ? text.ToString() : throw new MatchException("matchSignal 'data' value must be a string"));
    }

    private ObjectInstance KeepState(JsValue result, string function)
    {
        if (result is not ObjectInstance answer || result is JsArray || !answer.HasProperty("state") || answer.Get("state") is not ObjectInstance state || state is JsArray || state.IsCallable())
            throw new MatchException($"{function} is expected to return an object with a 'state' property");
        _state = state;
        return answer;
    }

    private JsValue Call(CallbackKind kind, MatchJoinAttempt? attempt, JsValue[] arguments)
    {
        _engine.BeginCall();
        try
        {
            _callContext = _contexts.Make(attempt);
            return _engine.CallMatch(kind, _name, _context, _callContext, arguments);
        }
        finally
        {
            _engine.EndCall(_state);
        }
    }

    private static string NameOf(CallbackKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}
