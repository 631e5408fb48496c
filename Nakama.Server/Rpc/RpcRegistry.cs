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
    private const int MaxNamesInText = 50;

    private readonly ConcurrentDictionary<string, RpcFunction> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private string? _namesText;

    public IReadOnlyCollection<string> Names => [.. _functions.Keys];

    /// <summary>The first names in alphabetical order, for a message; null when there are none.</summary>
    public string? NamesText
    {
        get
        {
            lock (_lock) return _functions.IsEmpty ? null : _namesText ??= Join();
        }
    }

    /// <summary>A second function of the same name replaces the first.</summary>
    public void Register(string name, RpcFunction function)
    {
        lock (_lock)
        {
            _functions[name] = function;
            _namesText = null;
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            _functions.TryRemove(name, out _);
            _namesText = null;
        }
    }

    public RpcFunction? Find(string name) => _functions.GetValueOrDefault(name);

    private string Join()
    {
        var names = _functions.Keys.Order(StringComparer.Ordinal).ToArray();
        var text = string.Join(", ", names.Take(MaxNamesInText));
        return names.Length > MaxNamesInText ? text + ", …" : text;
    }
}
