using Nakama.Lua;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The handler of one match, on an interpreter of its own. The state is kept by reference.</summary>
internal sealed class LuaMatchHandler(LuaInterpreter interpreter, LuaTable context, LuaFunction[] functions, MatchContext match) : IMatchHandler
{
    private readonly LuaMachine _machine = interpreter.Machine;
    private readonly LuaTable _dispatcher = LuaMatchDispatcher.Make();
    private LuaValue _state;
    private string _label = "";

    public async ValueTask<MatchStart> InitAsync(Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        try
        {
            var results = await _machine.CallAsync(functions[LuaMatchCalls.Init], [context, LuaMatchValues.ToLua(parameters)], cancellationToken);
            if (results.Count > 3) throw new MatchException("match_init returned too many values");
            var (state, rate, label) = (results[0], results[1], results[2]);
            if (state.IsNil) throw MatchException.NoInitialState;
            if (!rate.IsNumber) throw new MatchException("match_init returned unexpected second value, must be a tick rate number");
            if (rate.AsInteger is < 1 or > 60) throw new MatchException("match_init returned invalid tick rate, must be between 1 and 60");
            if (label.AsString is not { } text) throw new MatchException("match_init returned unexpected third value, must be a label string");
            if (text.Length > MatchContext.MaxLabelBytes) throw new MatchException("match_init returned invalid label, must be 2048 bytes or less");
            _state = state;
            _label = text.ToString();
            LuaContexts.Complete(context, (int)rate.AsInteger, text);
            return new MatchStart((int)rate.AsInteger, _label);
        }
        catch (LuaException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new MatchException(e.Message, e);
        }
    }

    public async ValueTask<MatchJoinDecision> JoinAttemptAsync(long tick, MatchJoinAttempt attempt, CancellationToken cancellationToken)
    {
        ShowLabel();
        var results = await _machine.CallAsync(
            functions[LuaMatchCalls.JoinAttempt],
            [
                LuaContexts.WithSession(context, attempt), _dispatcher, tick, _state,
                LuaMatchValues.ToLua(attempt.Presence, withReason: false), LuaConversion.ToTable(attempt.Metadata),
            ],
            cancellationToken);
        var last = results.Count - 1;
        var reason = results[last].AsString?.ToString();
        if (reason is not null) last--;
        if (last < 0 || !results[last].IsBoolean) throw new MatchException("Match join attempt returned unexpected second value, must be a boolean or a reason");
        if (last > 1) throw TooMany(LuaMatchCalls.JoinAttempt);
        var continues = Keep(last == 0 ? default : results[0]);
        return new MatchJoinDecision(continues, results[last].IsTruthy, reason ?? "");
    }

    public ValueTask<bool> JoinAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        CallAsync(LuaMatchCalls.Join, tick, LuaMatchValues.ToLua(presences), cancellationToken);

    public ValueTask<bool> LeaveAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        CallAsync(LuaMatchCalls.Leave, tick, LuaMatchValues.ToLua(presences), cancellationToken);

    public ValueTask<bool> LoopAsync(long tick, IReadOnlyList<MatchMessage> messages, CancellationToken cancellationToken) =>
        CallAsync(LuaMatchCalls.Loop, tick, LuaMatchValues.ToLua(messages), cancellationToken);

    public ValueTask<bool> TerminateAsync(long tick, int graceSeconds, CancellationToken cancellationToken) =>
        CallAsync(LuaMatchCalls.Terminate, tick, graceSeconds, cancellationToken);

    public async ValueTask<MatchSignalAnswer> SignalAsync(long tick, string data, CancellationToken cancellationToken)
    {
        ShowLabel();
        var results = await _machine.CallAsync(functions[LuaMatchCalls.Signal], [context, _dispatcher, tick, _state, data], cancellationToken);
        if (results.Count > 2) throw TooMany(LuaMatchCalls.Signal);
        var answer = results[1];
        if (!answer.IsNil && !answer.IsString) throw new MatchException("Match signal returned unexpected second value, must be a string or nil");
        return new MatchSignalAnswer(Keep(results[0]), answer.AsString?.ToString() ?? "");
    }

    public string DescribeState()
    {
        try
        {
            return LuaConversion.ToJson(_state);
        }
        catch (ScriptValueException)
        {
            return "";
        }
    }

    public ValueTask DisposeAsync()
    {
        // Scripts may have left a reference to the match in what outlives it.
        _state = default;
        return default;
    }

    private ValueTask<bool> CallAsync(int call, long tick, in LuaValue subject, CancellationToken cancellationToken)
    {
        ShowLabel();
        var running = _machine.CallAsync(functions[call], [context, _dispatcher, tick, _state, subject], cancellationToken);
        return running.IsCompletedSuccessfully ? new(Keep(call, running.Result)) : WaitAsync(call, running);
    }

    private async ValueTask<bool> WaitAsync(int call, ValueTask<LuaResults> running) => Keep(call, await running);

    private bool Keep(int call, in LuaResults results) => results.Count <= 1 ? Keep(results[0]) : throw TooMany(call);

    /// <summary>False when the match ends.</summary>
    private bool Keep(in LuaValue state)
    {
        _state = state;
        return !state.IsNil;
    }

    private static MatchException TooMany(int call) => new($"{LuaMatchCalls.TitleOf(call)} returned too many values, stopping match");

    /// <summary>The context shows the newest label.</summary>
    private void ShowLabel()
    {
        var label = match.Label;
        if (ReferenceEquals(label, _label)) return;
        _label = label;
        LuaContexts.SetLabel(context, LuaString.From(label));
    }
}
