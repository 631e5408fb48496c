using System.Collections.Concurrent;

namespace Nakama.Server.Runtime.Callbacks;

/// <summary>A function of a module that has failed, or returned an error, since the start.</summary>
internal sealed record FunctionFailure(CallbackKind Kind, string Name, long Count, DateTimeOffset LastAt, string LastError);

/// <summary>The functions of modules that have failed since the start, up to a number.</summary>
internal sealed class FunctionFailures(TimeProvider time)
{
    private const int MaxFunctions = 500;
    private const int MaxErrorLength = 1000;

    private readonly ConcurrentDictionary<(ScriptLanguage Language, CallbackKind Kind, string Name), FunctionFailure> _failures = new();

    public IEnumerable<FunctionFailure> Of(ScriptLanguage language) =>
        _failures.Where(failure => failure.Key.Language == language).Select(static failure => failure.Value).OrderByDescending(static failure => failure.LastAt);

    public void Add(ScriptLanguage language, CallbackKind kind, string name, string error)
    {
        var key = (language, kind, name);
        if (_failures.Count >= MaxFunctions && !_failures.ContainsKey(key)) return;
        if (error.Length > MaxErrorLength) error = error[..MaxErrorLength];
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(
            key, new FunctionFailure(kind, name, 1, now, error), (_, known) => known with { Count = known.Count + 1, LastAt = now, LastError = error });
    }
}
