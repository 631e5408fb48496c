using Nakama.Console.Nodes;
using Nakama.Protocol.History;

namespace Nakama.Console.History;

/// <summary>The history of changes in the node's console API.</summary>
public sealed class HistoryClient(NodeClient node)
{
    private const string Root = "/history";

    public Task<HistoryList> ListAsync(HistoryFilter filter, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<HistoryList>(
            NodePath.Of(Root).With(
                [
                    .. filter.Kinds.Select(static kind => ("kinds", (object?)kind)), ("key", filter.Key), ("operator", filter.Operator),
                    ("after", filter.After), ("before", filter.Before), ("limit", HistoryFilter.PageSize), ("cursor", cursor),
                ]),
            cancellationToken);

    /// <param name="id">The entry.</param>
    /// <param name="withPresent">Whether the answer has what the object is now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<HistoryDetail> GetAsync(string id, bool withPresent, CancellationToken cancellationToken) =>
        node.GetAsync<HistoryDetail>(NodePath.Of(Root, id).With(("with_present", withPresent ? "true" : null)), cancellationToken);

    /// <summary>Puts back what was there before a change.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="presentDigest">The state that may be overwritten; null when nobody must have changed the object since.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<RevertedChange> RevertAsync(string id, string? presentDigest, CancellationToken cancellationToken) =>
        node.PostAsync<RevertedChange>(
            NodePath.Of(Root, id, "revert"), new RevertChangeRequest { Force = presentDigest is not null, PresentDigest = presentDigest ?? "" }, cancellationToken);
}

/// <summary>What the history is searched for; empty for everything.</summary>
public sealed record HistoryFilter(IReadOnlyList<string> Kinds, string? Key = null, string? Operator = null, string? After = null, string? Before = null)
{
    public const int PageSize = 50;
}
