using Nakama.Server.Accounts;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>The groups of an account that is exported.</summary>
internal sealed class GroupExportPart : IAccountExportPart
{
    private const string ExportSql = $"""
        SELECT {GroupRow.Columns} FROM group_edge e JOIN groups g ON g.id = e.destination_id
        WHERE e.source_id = $1 ORDER BY e.state, e.position
        """;

    public async ValueTask ExportAsync(NpgsqlConnection connection, Guid userId, AccountExportWriter writer, CancellationToken cancellationToken)
    {
        if (userId == Guid.Empty) return;
        await using var command = new NpgsqlCommand(ExportSql, connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken)) writer.Add(writer.Export.Groups, GroupRow.Read(row));
    }
}
