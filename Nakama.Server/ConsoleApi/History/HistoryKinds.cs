namespace Nakama.Server.ConsoleApi.History;

/// <summary>The kinds of objects whose changes are kept.</summary>
internal sealed class HistoryKinds
{
    private readonly Dictionary<HistoryKind, IHistoryKind> _byKind;

    public HistoryKinds(IEnumerable<IHistoryKind> kinds)
    {
        _byKind = kinds.ToDictionary(static kind => kind.Kind);
        All = [.. _byKind.Values.OrderBy(static kind => kind.Kind)];
    }

    public IReadOnlyList<IHistoryKind> All { get; }

    public IHistoryKind Of(HistoryKind kind) => _byKind[kind];

    /// <summary>Null for an unknown name.</summary>
    public IHistoryKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
