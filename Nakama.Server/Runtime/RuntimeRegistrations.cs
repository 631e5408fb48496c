using Nakama.Server.Runtime.Callbacks;
using Nakama.Server.Storage;

namespace Nakama.Server.Runtime;

/// <summary>What the modules of one language want to be called for, and who calls them.</summary>
public sealed class RuntimeRegistrations(ICallbackInvoker invoker)
{
    private readonly List<(CallbackKind Kind, string Name)> _callbacks = [];

    public ICallbackInvoker Invoker { get; } = invoker;

    /// <summary>In the order of their registration; of two with one kind and name the last.</summary>
    public IReadOnlyList<(CallbackKind Kind, string Name)> Callbacks => _callbacks;

    public List<StorageIndexDefinition> StorageIndexes { get; } = [];

    /// <param name="kind">What the function is called for.</param>
    /// <param name="name">
    /// By which name, as the language finds the function again; empty where there is one of the kind. Where all of a kind are
    /// called, each has a name of its own.
    /// </param>
    public void Add(CallbackKind kind, string name = "")
    {
        var names = CallbackTable.Of(kind).Names;
        var comparison = names == CallbackNames.AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _callbacks.RemoveAll(known => known.Kind == kind && known.Name.Equals(name, comparison));
        _callbacks.Add((kind, name));
    }
}
