using Nakama.Server.Errors;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>Calls the functions that modules of one language registered; all that a language implements for callbacks.</summary>
public interface ICallbackInvoker
{
    ScriptLanguage Language { get; }

    /// <summary>Calls a function with the context and the arguments, and returns its result.</summary>
    /// <exception cref="ApiException">The function failed or returned an error, or no interpreter was available.</exception>
    ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken);
}
