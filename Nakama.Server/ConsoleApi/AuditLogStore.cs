using System.Text;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Console;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.ConsoleApi;

/// <summary>Reads the audit log, newest entries first.</summary>
internal sealed class AuditLogStore(NpgsqlDataSource database)
{
    private const string Select = """
        SELECT id, create_time, console_user_id, console_username, email, resource, action, message, metadata FROM console_audit_log
        """;

    private const string UsernamesSql = "SELECT username FROM console_user ORDER BY username LIMIT $1";

    private const int MaxUsernames = 10_000;

    private static readonly EnumDescriptor Resources = ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>("AclResources");
    private static readonly EnumDescriptor Actions = ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>("AuditLogAction");

    /// <summary>The entries on one side of a position, the nearest first.</summary>
    public ValueTask<List<AuditEntry>> ListAsync(AuditFilter filter, AuditPosition? from, bool isNext, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = CommandFor(connection, filter, from, isNext, limit);
            await using var row = await command.ExecuteReaderAsync(token);
            var entries = new List<AuditEntry>();
            while (await row.ReadAsync(token)) entries.Add(Read(row));
            return entries;
        }, cancellationToken);

    /// <summary>The names of the operators.</summary>
    public ValueTask<List<string>> ListUsernamesAsync(CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(UsernamesSql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxUsernames });
            await using var row = await command.ExecuteReaderAsync(token);
            var names = new List<string>();
            while (await row.ReadAsync(token)) names.Add(row.GetString(0));
            return names;
        }, cancellationToken);

    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, AuditFilter filter, AuditPosition? from, bool isNext, int limit)
    {
        var command = connection.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder(Select);
        if (filter.Username.Length > 0) Where("console_username = ", TextParameters.Text(filter.Username));
        if (filter.Resource is { } resource) Where("resource = ", TextParameters.Text(Resources.FindValueByNumber(resource)?.Name ?? ""));
        if (filter.Action != AuditLogAction.Unknown) Where("action = ", TextParameters.Text(Actions.FindValueByNumber((int)filter.Action)?.Name ?? ""));
        if (filter.After is { } after) Where("create_time >= ", Instant(after));
        if (filter.Before is { } before) Where("create_time <= ", Instant(before));
        if (from is { } place)
        {
            Where(isNext ? "(create_time, id) < (" : "(create_time, id) > (", Instant(place.CreatedAt));
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = place.Id });
            sql.Append(", $").Append(parameters.Count).Append(')');
        }

        parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        sql.Append(isNext ? " ORDER BY create_time DESC, id DESC LIMIT $" : " ORDER BY create_time, id LIMIT $").Append(parameters.Count);
        command.CommandText = sql.ToString();
        return command;

        void Where(string condition, NpgsqlParameter value)
        {
            parameters.Add(value);
            sql.Append(parameters.Count == 1 ? " WHERE " : " AND ").Append(condition).Append('$').Append(parameters.Count);
        }
    }

    private static AuditEntry Read(NpgsqlDataReader row)
    {
        var (id, createdAt) = (row.GetGuid(0), row.GetDateTime(1));
        var message = new AuditLogList.Types.AuditLog
        {
            Id = id.ToString(),
            Timestamp = Timestamp.FromDateTime(createdAt),
            UserId = row.GetGuid(2).ToString(),
            Username = row.GetString(3),
            Email = row.GetString(4),
            Resource = (AclResources)(Resources.FindValueByName(row.GetString(5))?.Number ?? 0),
            Action = (AuditLogAction)(Actions.FindValueByName(row.GetString(6))?.Number ?? 0),
            Message = row.GetString(7),
            Metadata = row.GetString(8),
        };
        return new AuditEntry(message, new AuditPosition(createdAt, id));
    }

    private static NpgsqlParameter<DateTime> Instant(DateTime value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
