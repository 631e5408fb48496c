using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Runtime.Jobs;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The functions registered by the modules of one interpreter, or of all interpreters that share their globals.</summary>
internal sealed class LuaCallbacks
{
    private readonly Dictionary<(CallbackKind Kind, string Name), LuaFunction> _functions = new(NamesWithoutCase.Instance);

    /// <summary>The storage indexes that the modules registered.</summary>
    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    /// <summary>The jobs that the modules registered, by name.</summary>
    public Dictionary<string, JobDefinition> Jobs { get; } = new(StringComparer.Ordinal);

    public IEnumerable<(CallbackKind Kind, string Name)> Keys => _functions.Keys;

    /// <summary>A later function of the same name replaces an earlier one.</summary>
    public void Set(CallbackKind kind, string name, LuaFunction function) => _functions[(kind, name)] = function;

    /// <summary>
    /// Adds a function of a kind of which all are called. Modules may run several times while they are loaded, so a function
    /// from the same place in the source replaces the earlier one.
    /// </summary>
    public void Add(CallbackKind kind, LuaFunction function)
    {
        var proto = (function as LuaClosure)?.Proto;
        var place = proto is null ? "native" : $"{proto.ChunkName}:{proto.Line}";
        var name = place;
        for (var count = 2; _functions.TryGetValue((kind, name), out var other) && (proto is null || (other as LuaClosure)?.Proto != proto); count++)
            name = $"{place}#{count}";
        Set(kind, name, function);
    }

    public LuaFunction? Find(CallbackKind kind, string name) => _functions.GetValueOrDefault((kind, name));

    /// <summary>Compares names with the case sensitivity of their kind.</summary>
    private sealed class NamesWithoutCase : IEqualityComparer<(CallbackKind Kind, string Name)>
    {
        public static readonly NamesWithoutCase Instance = new();

        public bool Equals((CallbackKind Kind, string Name) x, (CallbackKind Kind, string Name) y) =>
            x.Kind == y.Kind && Of(x.Kind).Equals(x.Name, y.Name);

        public int GetHashCode((CallbackKind Kind, string Name) key) => HashCode.Combine(key.Kind, Of(key.Kind).GetHashCode(key.Name));

        private static StringComparer Of(CallbackKind kind) =>
            CallbackTable.Of(kind).Names == CallbackNames.AnyCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
    }
}
