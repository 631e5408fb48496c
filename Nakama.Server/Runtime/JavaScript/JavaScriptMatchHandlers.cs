using Jint;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates match handlers from the module. Each match has its own engine, in which the whole script runs.</summary>
internal sealed class JavaScriptMatchHandlers(JavaScriptHost host, JavaScriptModule module, JavaScriptRegistrations registrations, InitRecording recording)
    : IMatchHandlerFactory
{
    public ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken) =>
        new(registrations.Find(CallbackKind.MatchInit, name) is null ? null : new JavaScriptMatchHandler(host, this, name, match));

    /// <summary>A new engine with the whole script in it. Only on threads for scripts.</summary>
    /// <exception cref="MatchException">The script failed.</exception>
    public JavaScriptEngine MakeEngine()
    {
        try
        {
            var engine = new JavaScriptEngine(host, module, isReadOnly: false);
            engine.Connect(registrations, recording);
            return engine;
        }
        catch (Exception e) when (e is JintException or ScriptStoppedException or InsufficientExecutionStackException)
        {
            throw new MatchException($"error loading match module: {e.Message}", e);
        }
    }
}
