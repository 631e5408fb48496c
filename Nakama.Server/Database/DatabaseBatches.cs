using Npgsql;

namespace Nakama.Server.Database;

/// <summary>Several statements in one round trip.</summary>
public static class DatabaseBatches
{
    /// <summary>Adds a statement and returns it, so that its parameters can be set.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Runs the statements unless there are none.</summary>
    public static async ValueTask RunAsync(this NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
