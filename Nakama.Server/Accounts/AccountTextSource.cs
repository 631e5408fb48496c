using Nakama.Server.Search.Text;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>
/// The players of the operators' full-text index: found by names, email address, custom id and provider ids, and by the words of
/// their metadata. A device id is found by the database only.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="withDisplayNames">Whether display names are found.</param>
internal sealed class AccountTextSource(NpgsqlDataSource database, bool withDisplayNames) : UuidTextSource(database)
{
    public const string KindName = "player";

    private const string Select = """
        SELECT u.id, u.update_time, u.username, u.display_name, left(u.metadata::text, 4096), u.email, u.custom_id, u.facebook_id,
            u.google_id, u.gamecenter_id, u.steam_id, u.apple_id, u.facebook_instant_game_id FROM users u
        """;

    private const int FirstId = 5;
    private const int ColumnCount = 13;

    // The system user has the lowest id, and is none of the players.
    protected override string PageSql => $"{Select} WHERE u.id > $1 ORDER BY u.id LIMIT $2";

    protected override string ChangedSql => """
        SELECT id, update_time FROM users WHERE (update_time, id) > ($1, $2) AND id <> '00000000-0000-0000-0000-000000000000'
        ORDER BY update_time, id LIMIT $3
        """;

    protected override string ReadSql => $"{Select} WHERE u.id = ANY($1)";

    // With an array, as IN does not use the indexes of the other columns.
    protected override string FindSql => $"""
        {Select} WHERE (u.username = $1 OR u.facebook_id = $1 OR u.google_id = $1 OR u.gamecenter_id = $1 OR u.steam_id = $1
            OR u.custom_id = $1 OR u.facebook_instant_game_id = $1 OR u.apple_id = $1 OR u.email = $1 OR u.id = $2
            OR u.id = ANY(ARRAY(SELECT d.user_id FROM user_device d WHERE d.id = $1))) AND u.id <> '00000000-0000-0000-0000-000000000000'
        LIMIT 16
        """;

    public override string Kind => KindName;

    public override string Format => withDisplayNames ? "1" : "1 without display names";

    protected override TextRow Read(NpgsqlDataReader row)
    {
        var (id, username) = (row.GetGuid(0).ToString(), row.GetString(2));
        var displayName = row.IsDBNull(3) ? "" : row.GetString(3);
        var ids = new List<string> { id };
        for (var i = FirstId; i < ColumnCount; i++)
        {
            if (!row.IsDBNull(i)) ids.Add(row.GetString(i));
        }

        return new TextRow(
            id, row.GetDateTime(1), username, displayName, withDisplayNames && displayName.Length > 0 ? [username, displayName] : [username], ids,
            JsonWords.Of(row.GetString(4)))
        {
            FoundByParts = username,
        };
    }
}
