using Nakama.Server.Database;
using Npgsql;

namespace Nakama.Server.ConsoleApi;

/// <summary>The statements for rows of the table of operators that several stores use.</summary>
internal static class OperatorRows
{
    public const string Columns =
        "id, username, email, acl, COALESCE(mfa_required, false), mfa_secret IS NOT NULL, create_time, update_time";

    // A password token contains whole seconds; every change moves the row to a later one, so that no older token works.
    public const string NextSecond = "update_time = GREATEST(now(), date_trunc('second', update_time) + INTERVAL '1 second')";

    public const string InsertSql = $"""
        INSERT INTO console_user (id, username, email, acl, mfa_required) VALUES ($1, $2, $3, $4, $5) RETURNING {Columns}
        """;

    public const string UpdateSql =
        $"UPDATE console_user SET acl = $2, mfa_required = $3, {NextSecond} WHERE id = $1 RETURNING {Columns}";

    public const string LockByIdSql = $"SELECT {Columns} FROM console_user WHERE id = $1 FOR UPDATE";

    public const string LockByEmailSql = $"SELECT {Columns} FROM console_user WHERE email = $1 FOR UPDATE";

    /// <summary>The first row; null when there is none.</summary>
    public static async ValueTask<OperatorRow?> OneAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] values)
    {
        await using var command = connection.CreateCommand(sql);
        command.Parameters.AddRange(values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    public static OperatorRow Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetString(2),
        ConsoleAcl.FromStored(reader.GetString(3)),
        reader.GetBoolean(4),
        reader.GetBoolean(5),
        reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetFieldValue<DateTimeOffset>(7));

    public static NpgsqlParameter<Guid> Id(Guid value) => new() { TypedValue = value };

    public static NpgsqlParameter<bool> Flag(bool value) => new() { TypedValue = value };

    public static NpgsqlParameter<string?> Acl(ConsoleAcl value) => TextParameters.Jsonb(value.ToStored());
}
