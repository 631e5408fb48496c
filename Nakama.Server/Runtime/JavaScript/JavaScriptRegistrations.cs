using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>What InitModule registered, and where the engines find the functions.</summary>
internal sealed class JavaScriptRegistrations
{
    private readonly Dictionary<(CallbackKind Kind, string Name), (FunctionPlace Place, string GlobalName)> _places = new(CallbackKeys.Instance);

    public IEnumerable<(CallbackKind Kind, string Name)> Keys => _places.Keys;

    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    public Dictionary<string, JobDefinition> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether engines must run InitModule again to find all functions.</summary>
    public bool NeedsInit => _places.Values.Any(static place => place.Place == FunctionPlace.Init);

    public IEnumerable<string> LexicalNames => _places.Values.Where(static place => place.Place == FunctionPlace.Lexical).Select(static place => place.GlobalName);

    /// <summary>For an RPC the first function of an id stays, for compatibility; otherwise the last wins.</summary>
    public void Add(CallbackKind kind, string name, FunctionPlace place, string globalName)
    {
        if (kind == CallbackKind.Rpc) _places.TryAdd((kind, name), (place, globalName));
        else _places[(kind, name)] = (place, globalName);
    }

    public (FunctionPlace Place, string GlobalName)? Find(CallbackKind kind, string name) =>
        _places.TryGetValue((kind, name), out var place) ? place : null;
}
