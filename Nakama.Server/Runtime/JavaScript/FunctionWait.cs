using Jint.Native;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>A function of the server that a script waits for: its thread runs the callbacks that the function causes.</summary>
internal sealed class FunctionWait(JavaScriptEngine engine)
{
    // A plain object, because the thread of the script waits on it.
    private readonly object _lock = new();
    private readonly Queue<ScriptWork> _nested = new();
    private Task<ScriptValue>? _ending;
    private bool _hasEnded;

    /// <summary>What the function returned, once <see cref="Next"/> has returned null.</summary>
    public ScriptValue Result => _ending!.GetAwaiter().GetResult();

    /// <summary>The script has called the function, which has not ended; callbacks may run from here on.</summary>
    public void Begin(ValueTask<ScriptValue> running, HeldInterpreter? held)
    {
        held?.Open();
        _ending = EndAsync(running, held);
    }

    /// <summary>Runs a callback on the engine that waits.</summary>
    public Task<ScriptValue> CallAsync(CallbackCall call) => RunAsync(new ScriptWork<(JavaScriptEngine Engine, CallbackCall Call), ScriptValue>(
        (engine, call), static state => state.Engine.Call(state.Call), engine.Deadline));

    /// <summary>Runs a function that the script has passed.</summary>
    public Task<ScriptValue> CallAsync(JsValue function, ScriptValue argument) =>
        RunAsync(new ScriptWork<(JavaScriptEngine Engine, JsValue Function, ScriptValue Argument), ScriptValue>(
            (engine, function, argument), static state => state.Engine.CallFunction(state.Function, state.Argument), engine.Deadline));

    private Task<ScriptValue> RunAsync<TState>(ScriptWork<TState, ScriptValue> work)
    {
        lock (_lock)
        {
            _nested.Enqueue(work);
            Monitor.Pulse(_lock);
        }

        return work.Result;
    }

    /// <summary>Waits for the next callback; null when the function has ended.</summary>
    public ScriptWork? Next()
    {
        lock (_lock)
        {
            while (true)
            {
                if (_nested.TryDequeue(out var work)) return work;
                if (_hasEnded) return null;
                Monitor.Wait(_lock);
            }
        }
    }

    private async Task<ScriptValue> EndAsync(ValueTask<ScriptValue> running, HeldInterpreter? held)
    {
        try
        {
            return await running.ConfigureAwait(false);
        }
        finally
        {
            if (held is not null) await held.CloseAsync().ConfigureAwait(false);
            lock (_lock)
            {
                _hasEnded = true;
                Monitor.Pulse(_lock);
            }
        }
    }
}
