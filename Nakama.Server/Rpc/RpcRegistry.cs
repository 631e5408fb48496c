using System.Collections.Concurrent;

namespace Nakama.Server.Rpc;

/// <summary>A function of game logic that clients call by name: text in, text out; null counts as empty.</summary>
/// <exception cref="Errors.ApiException">The call failed; clients get the code and the message.</exception>
public delegate ValueTask<string?> RpcFunction(RpcCall call, string payload, CancellationToken cancellationToken);

/// <summary>
/// The functions that game logic registered, by case-insensitive name. Filled before the listeners open, and changed when
/// modules are loaded again.
/// </summary>
public sealed class RpcRegistry
{
    private readonly ConcurrentDictionary<string, RpcFunction> _functions = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => [.. _functions.Keys];

    /// <summary>A second function of the same name replaces the first.</summary>
    public void Register(string name, RpcFunction function) => _functions[name] = function;

    public void Remove(string name) => _functions.TryRemove(name, out _);

    public RpcFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
