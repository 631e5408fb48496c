using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>
/// Fills the indexes from the database: when the node starts, after game logic has registered them and before the listeners open,
/// and when modules that are loaded again bring new ones.
/// </summary>
internal sealed class StorageIndexLoader(NpgsqlDataSource database, StorageIndexes indexes, ILogger<StorageIndexLoader> logger) : IHostedService
{
    private const int PageSize = 1_000;

    private const string PageSql = """
        SELECT collection, key, user_id, value, version, read, write, create_time, update_time FROM storage
        WHERE collection = $1 AND ($2 = '' OR key = $2) AND (key, user_id) > ($3, $4)
        ORDER BY key, user_id LIMIT $5
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        indexes.Open();
        await FillAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Adds every object of the database to the indexes that cover it.</summary>
    internal async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        foreach (var index in indexes.All) await LoadAsync(index, cancellationToken);
    }

    /// <summary>Adds an index to a running node and fills it.</summary>
    internal ValueTask AddAsync(StorageIndexDefinition definition, CancellationToken cancellationToken) =>
        LoadAsync(indexes.Add(definition), cancellationToken);

    private async ValueTask LoadAsync(StorageIndex index, CancellationToken cancellationToken)
    {
        await FillAsync(index, cancellationToken);
        StorageLog.IndexLoaded(logger, index.Definition.Name, index.Count);
    }

    private async ValueTask FillAsync(StorageIndex index, CancellationToken cancellationToken)
    {
        var after = new StorageId(index.Definition.Collection, "", Guid.Empty);
        while (true)
        {
            var page = await ReadAsync(index.Definition, after, cancellationToken);
            foreach (var row in page)
            {
                if (index.Count >= index.Definition.MaxEntries) return;
                await indexes.PutAsync(index, row.Write, row.Write.Version, row.CreatedAt, row.UpdatedAt, cancellationToken);
            }

            if (page.Count < PageSize) return;
            after = page[^1].Write.Id;
        }
    }

    private ValueTask<List<StorageRow>> ReadAsync(StorageIndexDefinition definition, StorageId after, CancellationToken cancellationToken) =>
        database.RetryAsync((definition, after), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(PageSql);
            command.Parameters.AddText(state.definition.Collection);
            command.Parameters.AddText(state.definition.Key);
            command.Parameters.AddText(state.after.Key);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.after.OwnerId });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new List<StorageRow>();
            while (await row.ReadAsync(cancellationToken)) page.Add(StorageRow.Read(row));
            return page;
        }, cancellationToken);
}
