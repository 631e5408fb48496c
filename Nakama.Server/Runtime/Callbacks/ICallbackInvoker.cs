using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Calls the functions that modules of one language have registered; all that a language has to do for callbacks.</summary>
public interface ICallbackInvoker
{
    ScriptLanguage Language { get; }

    /// <summary>Calls a function with the context and the arguments, and returns what it returned.</summary>
    /// <exception cref="ApiException">The function failed or refused, or there was nothing to run it on.</exception>
    ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken);
}
