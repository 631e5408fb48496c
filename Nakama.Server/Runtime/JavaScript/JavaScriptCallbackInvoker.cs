using Nakama.Server.Metrics;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Calls functions of the JavaScript module: on the engine that waits for the cause of the call, else on the next idle one.
/// </summary>
internal sealed class JavaScriptCallbackInvoker(
    InterpreterPool<JavaScriptEngine> pool, ScriptThreads threads, RuntimeOptions options, ServerMetrics metrics, ILogger log) : ICallbackInvoker
{
    public ScriptLanguage Language => ScriptLanguage.JavaScript;

    public async ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        if (await HeldInterpreter.TryUseAsync(pool, cancellationToken) is { } held)
        {
            try
            {
                return await ((FunctionWait)held.Interpreter).CallAsync(call);
            }
            finally
            {
                held.EndUse();
            }
        }

        if (threads.LostCount >= ScriptThreads.MaxLost) throw RuntimeErrors.NoInterpreter(Language);
        var engine = await pool.RentAsync(cancellationToken);
        try
        {
            return await threads.RunAsync((Engine: engine, Call: call), static state => Run(state.Engine, state.Call), engine.Deadline);
        }
        catch (ScriptStoppedException)
        {
            engine.IsBroken = true;
            throw;
        }
        finally
        {
            await ReturnAsync(engine);
        }
    }

    private static ScriptValue Run(JavaScriptEngine engine, CallbackCall call)
    {
        engine.BeginCall();
        try
        {
            return engine.Call(call);
        }
        finally
        {
            engine.EndCall();
        }
    }

    /// <summary>An engine that was stopped, or whose values take too much memory, is replaced by a new one.</summary>
    private async ValueTask ReturnAsync(JavaScriptEngine engine)
    {
        if (engine.IsTooLarge)
        {
            JavaScriptLog.EngineTooLarge(log, options.JsRetainedMemoryMb);
            metrics.InterpreterReplaced();
        }
        else if (!engine.IsBroken)
        {
            pool.Return(engine);
            return;
        }

        try
        {
            await pool.ReplaceAsync();
        }
        catch (Exception e)
        {
            JavaScriptLog.NotReplaced(log, e);
        }
    }
}
