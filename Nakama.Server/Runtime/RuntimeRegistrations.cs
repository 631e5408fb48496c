using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>What the modules of one language want to be called for, and who calls them.</summary>
public sealed class RuntimeRegistrations(ICallbackInvoker invoker)
{
    private readonly List<(CallbackKind Kind, string Name)> _callbacks = [];

    public ICallbackInvoker Invoker { get; } = invoker;

    /// <summary>In the order of their registration. Of two with one kind and name, only kinds of which all are called keep both.</summary>
    public IReadOnlyList<(CallbackKind Kind, string Name)> Callbacks => _callbacks;

    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    /// <param name="kind">What the function is called for.</param>
    /// <param name="name">By which name; empty where functions of the kind have none.</param>
    public void Add(CallbackKind kind, string name = "")
    {
        var names = CallbackTable.Of(kind).Names;
        var comparison = names == CallbackNames.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (names != CallbackNames.All && _callbacks.Exists(known => known.Kind == kind && known.Name.Equals(name, comparison))) return;
        _callbacks.Add((kind, name));
    }
}
