using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Notes the failures of one function.</summary>
internal sealed class WatchedInvoker(ICallbackInvoker invoker, CallbackKind kind, string name, FunctionFailures failures) : ICallbackInvoker
{
    public ScriptLanguage Language => invoker.Language;

    public ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        var running = invoker.InvokeAsync(call, cancellationToken);
        return running.IsCompletedSuccessfully ? running : WatchAsync(running);
    }

    private async ValueTask<ScriptValue> WatchAsync(ValueTask<ScriptValue> running)
    {
        try
        {
            return await running;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failures.Add(invoker.Language, kind, name, e.Message);
            throw;
        }
    }
}
