using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The table of named sets of rights.</summary>
internal sealed class AclTemplateStore(NpgsqlDataSource database)
{
    private const string Columns = "id, name, description, acl, create_time, update_time";

    private const string ListSql = $"SELECT {Columns} FROM console_acl_template ORDER BY name";

    private const string FindRightsSql = "SELECT acl FROM console_acl_template WHERE name = ANY($1)";

    private const string InsertSql =
        $"INSERT INTO console_acl_template (id, name, description, acl) VALUES ($1, $2, $3, $4) RETURNING {Columns}";

    private const string UpdateSql =
        $"UPDATE console_acl_template SET name = $2, description = $3, acl = $4 WHERE id = $1 RETURNING {Columns}";

    private const string DeleteSql = "DELETE FROM console_acl_template WHERE id = $1";

    /// <summary>All templates, by name.</summary>
    public ValueTask<List<AclTemplate>> ListAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(static async (connection, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(ListSql);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var templates = new List<AclTemplate>();
            while (await reader.ReadAsync(cancellationToken)) templates.Add(Read(reader));
            return templates;
        }, cancellationToken);

    /// <summary>The rights of the templates with these names; others are left out.</summary>
    public ValueTask<List<ConsoleAcl>> FindRightsAsync(string[] names, CancellationToken cancellationToken) =>
        database.RetryAsync(names, static async (connection, names, cancellationToken) =>
        {
            await using var command = connection.CreateCommand(FindRightsSql);
            command.Parameters.AddTexts(names);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rights = new List<ConsoleAcl>();
            while (await reader.ReadAsync(cancellationToken)) rights.Add(ConsoleAcl.FromStored(reader.GetString(0)));
            return rights;
        }, cancellationToken);

    /// <exception cref="PostgresException">The name is taken, empty or too long, or the description is too long.</exception>
    public ValueTask<AclTemplate?> InsertAsync(string name, string description, ConsoleAcl acl, CancellationToken cancellationToken) =>
        WriteAsync(InsertSql, Guid.NewGuid(), name, description, acl, cancellationToken);

    /// <summary>Null when there is no such template.</summary>
    /// <inheritdoc cref="InsertAsync"/>
    public ValueTask<AclTemplate?> UpdateAsync(Guid id, string name, string description, ConsoleAcl acl, CancellationToken cancellationToken) =>
        WriteAsync(UpdateSql, id, name, description, acl, cancellationToken);

    public async ValueTask DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(DeleteSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);

    private ValueTask<AclTemplate?> WriteAsync(
        string sql, Guid id, string name, string description, ConsoleAcl acl, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.AddText(name);
            command.Parameters.AddText(description);
            command.Parameters.AddJsonb(acl.ToStored());
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Read(reader) : null;
        }, cancellationToken);

    private static AclTemplate Read(NpgsqlDataReader reader)
    {
        var template = new AclTemplate
        {
            Id = reader.GetGuid(0).ToString(),
            Name = reader.GetString(1),
            Description = reader.GetString(2),
            CreateTime = reader.GetFieldValue<DateTimeOffset>(4).ToTimestamp(),
            UpdateTime = reader.GetFieldValue<DateTimeOffset>(5).ToTimestamp(),
        };
        ConsoleAcl.FromStored(reader.GetString(3)).WriteTo(template.Acl);
        return template;
    }
}
