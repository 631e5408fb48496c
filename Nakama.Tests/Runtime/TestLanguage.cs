using System.Collections.Concurrent;
using Nakama.Server.Runtime;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Functions;

namespace Nakama.Tests.Runtime;

/// <summary>A language whose functions are delegates of a test; it knows nothing of any kind of callback.</summary>
internal sealed class TestLanguage(ScriptLanguage language) : IScriptRuntime, ICallbackInvoker
{
    private readonly Dictionary<(CallbackKind Kind, string Name), Func<CallbackCall, ScriptValue>> _functions = [];

    public ScriptLanguage Language => language;

    /// <summary>The calls, in the order in which they came.</summary>
    public BlockingCollection<CallbackCall> Calls { get; } = [];

    public void Register(CallbackKind kind, string name, Func<CallbackCall, ScriptValue> function) => _functions[(kind, name)] = function;

    public ValueTask<RuntimeRegistrations?> LoadAsync(CancellationToken cancellationToken)
    {
        var registrations = new RuntimeRegistrations(this);
        foreach (var (kind, name) in _functions.Keys) registrations.Add(kind, name);
        return new(registrations);
    }

    public ValueTask<ScriptValue> InvokeAsync(CallbackCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call, cancellationToken);
        return new(_functions[(call.Kind, call.Name)](call));
    }
}
