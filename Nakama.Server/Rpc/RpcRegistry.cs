namespace Nakama.Server.Rpc;

/// <summary>A function of game logic that clients call by name: text in, text out; null counts as nothing.</summary>
/// <exception cref="Errors.ApiException">The call failed; clients see code and sentence.</exception>
public delegate ValueTask<string?> RpcFunction(RpcCall call, string payload, CancellationToken cancellationToken);

/// <summary>
/// The functions that game logic registered at start, by name in any case. Filled before the listeners open and only read
/// afterwards.
/// </summary>
public sealed class RpcRegistry
{
    private readonly Dictionary<string, RpcFunction> _functions = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => _functions.Keys;

    /// <summary>A second function of the same name replaces the first.</summary>
    public void Register(string name, RpcFunction function) => _functions[name] = function;

    public RpcFunction? Find(string name) => _functions.GetValueOrDefault(name);
}
