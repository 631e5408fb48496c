using Nakama.Lua;
using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime.Lua;

/// <summary>The functions registered by the modules of one interpreter, or of all interpreters that share their globals.</summary>
internal sealed class LuaCallbacks
{
    private readonly Dictionary<(CallbackKind Kind, string Name), LuaFunction> _functions = new(NamesWithoutCase.Instance);

    /// <summary>The storage indexes that the modules registered.</summary>
    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    public IEnumerable<(CallbackKind Kind, string Name)> Keys => _functions.Keys;

    /// <summary>A later function of the same name replaces an earlier one.</summary>
    public void Set(CallbackKind kind, string name, LuaFunction function) => _functions[(kind, name)] = function;

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
