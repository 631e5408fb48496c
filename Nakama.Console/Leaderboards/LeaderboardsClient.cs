using Nakama.Console.Nodes;
using Nakama.Protocol.Api;
using Leaderboard = Nakama.Protocol.Console.Leaderboard;
using LeaderboardList = Nakama.Protocol.Console.LeaderboardList;

namespace Nakama.Console.Leaderboards;

/// <summary>The methods of the node's console API about leaderboards and tournaments.</summary>
public sealed class LeaderboardsClient(NodeClient node)
{
    private const string Root = "/leaderboard";
    private const int RecordsPage = 50;

    public Task<LeaderboardList> ListAsync(string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<LeaderboardList>(NodePath.Of(Root).With(("cursor", cursor)), cancellationToken);

    public Task<Leaderboard> GetAsync(string id, CancellationToken cancellationToken) =>
        node.GetAsync<Leaderboard>(NodePath.Of(Root, id), cancellationToken);

    /// <param name="id">The leaderboard.</param>
    /// <param name="ownerId">The owner whose record is returned besides; empty for none.</param>
    /// <param name="cursor">Where the page starts; empty for the first one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<LeaderboardRecordList> ListRecordsAsync(string id, string ownerId, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<LeaderboardRecordList>(
            NodePath.Of(Root, id, "records").With(("limit", RecordsPage), ("owner_ids", ownerId), ("cursor", cursor)), cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => node.DeleteAsync(NodePath.Of(Root, id), cancellationToken);

    /// <summary>Deletes the record of the current period.</summary>
    public Task DeleteRecordAsync(string id, string ownerId, CancellationToken cancellationToken) =>
        node.DeleteAsync(NodePath.Of(Root, id, "owner", ownerId), cancellationToken);
}
