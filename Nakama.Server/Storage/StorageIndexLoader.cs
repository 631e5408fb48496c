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

    private const string IdsSql = """
        SELECT key, user_id FROM storage
        WHERE collection = $1 AND ($2 = '' OR key = $2) AND (key, user_id) > ($3, $4) AND (key, user_id) <= ($5, $6)
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

    /// <summary>Adds indexes to a running node and fills them, as far as the database answers.</summary>
    internal ValueTask AddAsync(IReadOnlyCollection<StorageIndexDefinition> definitions, CancellationToken cancellationToken)
    {
        foreach (var definition in definitions)
        {
            if (indexes.Find(definition.Name) is null) indexes.Add(definition);
        }

        return FillUnfilledAsync(cancellationToken);
    }

    /// <summary>Fills the indexes that an earlier call could not fill. A failure is logged, and the index is left for the next call.</summary>
    internal async ValueTask FillUnfilledAsync(CancellationToken cancellationToken)
    {
        foreach (var index in indexes.All)
        {
            if (index.IsFilled) continue;
            try
            {
                await LoadAsync(index, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                StorageLog.IndexNotFilled(logger, e, index.Definition.Name);
            }
        }
    }

    private async ValueTask LoadAsync(StorageIndex index, CancellationToken cancellationToken)
    {
        await FillAsync(index, cancellationToken);
        index.IsFilled = true;
        StorageLog.IndexLoaded(logger, index.Definition.Name, index.Count);
    }

    private async ValueTask FillAsync(StorageIndex index, CancellationToken cancellationToken)
    {
        var after = new StorageId(index.Definition.Collection, "", Guid.Empty);
        while (true)
        {
            var page = await ReadAsync(index.Definition, after, cancellationToken);
            if (page.Count == 0) return;
            var count = 0;
            while (count < page.Count && index.Count < index.Definition.MaxEntries)
            {
                var row = page[count++];
                await indexes.PutAsync(index, row.Write, row.Write.Version, row.CreatedAt, row.UpdatedAt, cancellationToken);
            }

            await RemoveDeletedAsync(index, after, page.Take(count), page[^1].Write.Id, cancellationToken);
            if (page.Count < PageSize || count < page.Count) return;
            after = page[^1].Write.Id;
        }
    }

    /// <summary>Removes what was deleted after the page was read and before it was added.</summary>
    private async ValueTask RemoveDeletedAsync(
        StorageIndex index, StorageId after, IEnumerable<StorageRow> added, StorageId last, CancellationToken cancellationToken)
    {
        var present = await database.RetryAsync((index.Definition, after, last), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(IdsSql);
            AddParameters(command, state.Definition, state.after);
            command.Parameters.AddText(state.last.Key);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = state.last.OwnerId });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var ids = new HashSet<(string, Guid)>();
            while (await row.ReadAsync(cancellationToken)) ids.Add((row.GetString(0), row.GetGuid(1)));
            return ids;
        }, cancellationToken);
        foreach (var row in added)
        {
            if (!present.Contains((row.Write.Id.Key, row.Write.Id.OwnerId))) index.Remove(row.Write.Id, row.UpdatedAt);
        }
    }

    private ValueTask<List<StorageRow>> ReadAsync(StorageIndexDefinition definition, StorageId after, CancellationToken cancellationToken) =>
        database.RetryAsync((definition, after), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(PageSql);
            AddParameters(command, state.definition, state.after);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new List<StorageRow>();
            while (await row.ReadAsync(cancellationToken)) page.Add(StorageRow.Read(row));
            return page;
        }, cancellationToken);

    private static void AddParameters(NpgsqlCommand command, StorageIndexDefinition definition, StorageId after)
    {
        command.Parameters.AddText(definition.Collection);
        command.Parameters.AddText(definition.Key);
        command.Parameters.AddText(after.Key);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after.OwnerId });
    }
}
