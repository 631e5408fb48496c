
namespace Nakama.Server.Runtime.JavaScript;

/// <summary>What all engines of the node share.</summary>
internal sealed class JavaScriptHost(
    RuntimeOptions options, JavaScriptBinding binding, JavaScriptContexts contexts, JavaScriptErrors errors, JavaScriptLogger logger,
    ScriptThreads threads, TimeProvider time)
{
    public RuntimeOptions Options { get; } = options;

    public JavaScriptBinding Binding { get; } = binding;

    public JavaScriptContexts Contexts { get; } = contexts;

    public JavaScriptErrors Errors { get; } = errors;

    public JavaScriptLogger Logger { get; } = logger;

    public ScriptThreads Threads { get; } = threads;

    public TimeProvider Time { get; } = time;
}
