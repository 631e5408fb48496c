using Nakama.Server.Runtime.Callbacks;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Compares names of callbacks with the case sensitivity of their kind.</summary>
internal sealed class CallbackKeys : IEqualityComparer<(CallbackKind Kind, string Name)>
{
    public static readonly CallbackKeys Instance = new();

    public bool Equals((CallbackKind Kind, string Name) x, (CallbackKind Kind, string Name) y) =>
        x.Kind == y.Kind && Of(x.Kind).Equals(x.Name, y.Name);

    public int GetHashCode((CallbackKind Kind, string Name) key) => HashCode.Combine(key.Kind, Of(key.Kind).GetHashCode(key.Name));

    private static StringComparer Of(CallbackKind kind) =>
        CallbackTable.Of(kind).Names == CallbackNames.AnyCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
