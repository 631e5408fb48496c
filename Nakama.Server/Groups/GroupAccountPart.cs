using Nakama.Server.Accounts;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>
/// Removes a deleted account from its groups. A group whose only superadmin it was is deleted, whatever other members it has;
/// no notifications are sent.
/// </summary>
internal sealed class GroupAccountPart : IAccountPart
{
    private const string LockSql = """
        SELECT id FROM groups WHERE id IN (SELECT destination_id FROM group_edge WHERE source_id = $1) ORDER BY id FOR UPDATE
        """;

    private const string EdgesSql = """
        SELECT e.destination_id, e.state, EXISTS (
            SELECT 1 FROM group_edge o JOIN users u ON u.id = o.destination_id
            WHERE o.source_id = e.destination_id AND o.state = 0 AND o.destination_id <> $1)
        FROM group_edge e WHERE e.source_id = $1
        """;

    public async ValueTask<Action?> EraseAsync(NpgsqlConnection connection, Guid userId, bool isForgotten, CancellationToken cancellationToken)
    {
        await using var changes = connection.CreateBatch();
        await using (var batch = connection.CreateBatch())
        {
            batch.Add(LockSql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            batch.Add(EdgesSql).Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var (groupId, state, hasOtherSuperadmin) = (reader.GetGuid(0), (GroupState)reader.GetInt16(1), reader.GetBoolean(2));
                if (state == GroupState.Superadmin && !hasOtherSuperadmin)
                {
                    GroupEdges.DeleteGroup(changes, groupId);
                    continue;
                }
                GroupEdges.Delete(changes, groupId, [userId]);
                if (state <= GroupState.Member) GroupEdges.Count(changes, groupId, -1);
            }
        }
        await changes.RunAsync(cancellationToken);
        // No membership is kept in memory: the user's sockets leave the channels as they close.
        return null;
    }
}
