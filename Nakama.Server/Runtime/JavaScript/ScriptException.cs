using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The error with which a function of a module ended.</summary>
/// <param name="status">The status, which modules choose freely.</param>
/// <param name="message">The message for clients.</param>
/// <param name="trace">The stack of the script.</param>
internal sealed class ScriptException(StatusCode status, string message, string trace) : ApiException(status, message), ITracedError
{
    public string Trace { get; } = trace;
}
