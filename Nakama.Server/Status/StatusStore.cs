using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.Status;

/// <summary>Finds the users that a session wants to follow.</summary>
public sealed class StatusStore(NpgsqlDataSource database)
{
    private const string FindSql = """
        SELECT id FROM users WHERE id = ANY($1) OR username = ANY($2)
        """;

    /// <summary>The existing users among the given ids and names, each once.</summary>
    public async ValueTask<List<Guid>> FindAsync(Guid[] userIds, string[] usernames, CancellationToken cancellationToken) =>
        await database.RetryAsync((userIds, usernames), static async (database, state, cancellationToken) =>
        {
            await using var command = database.CreateCommand(FindSql);
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = state.userIds });
            command.Parameters.AddTexts(state.usernames);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<Guid> found = [];
            while (await reader.ReadAsync(cancellationToken)) found.Add(reader.GetGuid(0));
            return found;
        }, cancellationToken);
}
