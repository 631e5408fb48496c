using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The functions that the modules of one interpreter, or of all that share their globals, have registered.</summary>
internal sealed class LuaCallbacks
{
    private readonly Dictionary<(CallbackKind Kind, string Name), LuaFunction> _functions = new(NamesWithoutCase.Instance);

    /// <summary>The storage indexes they ask for.</summary>
    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    public IEnumerable<(CallbackKind Kind, string Name)> Keys => _functions.Keys;

    /// <summary>The last one of a name wins.</summary>
    public void Set(CallbackKind kind, string name, LuaFunction function) => _functions[(kind, name)] = function;

    public LuaFunction? Find(CallbackKind kind, string name) => _functions.GetValueOrDefault((kind, name));

    /// <summary>Compares names as the kind does.</summary>
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
