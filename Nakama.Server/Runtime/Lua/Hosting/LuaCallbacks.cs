using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua.Hosting;

/// <summary>The functions that the modules of one interpreter, or of all that share their globals, have registered.</summary>
internal sealed class LuaCallbacks
{
    private readonly Dictionary<(LuaCallbackKind Kind, string Name), LuaFunction> _functions = new(NamesWithoutCase.Instance);

    /// <summary>The storage indexes they ask for.</summary>
    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    public IEnumerable<(LuaCallbackKind Kind, string Name)> Keys => _functions.Keys;

    /// <summary>The last one of a name wins.</summary>
    public void Set(LuaCallbackKind kind, string name, LuaFunction function) => _functions[(kind, name)] = function;

    public LuaFunction? Find(LuaCallbackKind kind, string name) => _functions.GetValueOrDefault((kind, name));

    /// <summary>Names of storage indexes keep their case, all others do not.</summary>
    private sealed class NamesWithoutCase : IEqualityComparer<(LuaCallbackKind Kind, string Name)>
    {
        public static readonly NamesWithoutCase Instance = new();

        public bool Equals((LuaCallbackKind Kind, string Name) x, (LuaCallbackKind Kind, string Name) y) =>
            x.Kind == y.Kind && Of(x.Kind).Equals(x.Name, y.Name);

        public int GetHashCode((LuaCallbackKind Kind, string Name) key) => HashCode.Combine(key.Kind, Of(key.Kind).GetHashCode(key.Name));

        private static StringComparer Of(LuaCallbackKind kind) =>
            kind == LuaCallbackKind.StorageIndexFilter ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
    }
}
