using Npgsql;

namespace Nakama.Server.Storage;

/// <summary>An object as stored, with exact times; responses to clients have whole seconds.</summary>
internal sealed record StorageRow(StorageWrite Write, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    /// <summary>Reads collection, key, user, value, version, both permissions and both times.</summary>
    public static StorageRow Read(NpgsqlDataReader row) => new(
        new StorageWrite(
            new StorageId(row.GetString(0), row.GetString(1), row.GetGuid(2)), row.GetString(3), row.GetString(4), row.GetInt16(5), row.GetInt16(6)),
        row.GetDateTime(7),
        row.GetDateTime(8));
}
