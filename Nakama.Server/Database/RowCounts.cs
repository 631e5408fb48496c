using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Counts the rows of whole tables without reading them.</summary>
internal static class RowCounts
{
    private const string EstimateSql = "SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass($1)";

    /// <summary>The number of rows: the planner's estimate, or an exact count when there is no estimate.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The name of the table, which must be a constant.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async ValueTask<int> EstimateAsync(this NpgsqlDataSource database, string table, CancellationToken cancellationToken)
    {
        var kind = await DatabaseKind.OfAsync(database, cancellationToken);
        if (!kind.IsCockroach)
        {
            await using var estimate = database.CreateCommand(EstimateSql);
            estimate.Parameters.AddText(table);
            if (await estimate.ExecuteScalarAsync(cancellationToken) is long count and > 0) return (int)Math.Min(count, int.MaxValue);
        }

        await using var command = database.CreateCommand("SELECT count(*) FROM " + table);
        return (int)Math.Min((long)(await command.ExecuteScalarAsync(cancellationToken))!, int.MaxValue);
    }
}
