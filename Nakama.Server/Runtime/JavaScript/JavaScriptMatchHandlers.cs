using Jint;
using Nakama.Server.Matches;
using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Creates match handlers from the module. Each match has its own engine, in which the whole script runs.</summary>
internal sealed class JavaScriptMatchHandlers(JavaScriptHost host, JavaScriptModule module, JavaScriptRegistrations registrations, InitRecording recording)
    : IMatchHandlerFactory
{
    public async ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken)
    {
        if (registrations.Find(CallbackKind.MatchInit, name) is null) return null;
        try
        {
            var engine = await host.Threads.RunAsync(this, static handlers => handlers.Make(), deadline: null);
            return new JavaScriptMatchHandler(host, engine, name, match);
        }
        catch (Exception e) when (e is JintException or ScriptStoppedException or InsufficientExecutionStackException)
        {
            throw new MatchException($"error loading match module: {e.Message}", e);
        }
    }

    private JavaScriptEngine Make()
    {
        var engine = new JavaScriptEngine(host, module);
        engine.Connect(registrations, recording, isReadOnly: false);
        return engine;
    }
}
