using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Npgsql;

namespace Nakama.Server.Accounts;

/// <summary>Maps a row of <c>users</c> to a message. The columns are listed once, in the order they are read.</summary>
public static class UserRow
{
    /// <summary>The columns of a public user. The table must have the alias <c>u</c>.</summary>
    public const string UserColumns = """
        u.id, u.username, u.display_name, u.avatar_url, u.lang_tag, u.location, u.timezone, u.metadata,
        u.facebook_id, u.google_id, u.gamecenter_id, u.steam_id, u.facebook_instant_game_id, u.apple_id,
        u.edge_count, u.create_time, u.update_time
        """;

    /// <summary>The additional columns for the owner of an account, including devices.</summary>
    public const string AccountColumns = UserColumns + """
        , u.wallet, u.email, u.custom_id, u.verify_time, u.disable_time,
        ARRAY(SELECT d.id FROM user_device d WHERE d.user_id = u.id)
        """;

    /// <summary>The number of <see cref="UserColumns"/>; further columns of a statement begin at this ordinal.</summary>
    public const int UserColumnCount = 17;

    /// <summary>Reads <see cref="UserColumns"/>. The caller sets whether the user is online.</summary>
    public static User ReadUser(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0).ToString(),
        Username = row.GetString(1),
        DisplayName = Text(row, 2),
        AvatarUrl = Text(row, 3),
        LangTag = row.GetString(4),
        Location = Text(row, 5),
        Timezone = Text(row, 6),
        Metadata = row.GetString(7),
        FacebookId = Text(row, 8),
        GoogleId = Text(row, 9),
        GamecenterId = Text(row, 10),
        SteamId = Text(row, 11),
        FacebookInstantGameId = Text(row, 12),
        AppleId = Text(row, 13),
        EdgeCount = row.GetInt32(14),
        CreateTime = Seconds(row.GetDateTime(15)),
        UpdateTime = Seconds(row.GetDateTime(16)),
    };

    /// <summary>Reads <see cref="AccountColumns"/>. Times that are not set stay null.</summary>
    public static Account ReadAccount(NpgsqlDataReader row)
    {
        var account = new Account
        {
            User = ReadUser(row),
            Wallet = row.GetString(17),
            Email = Text(row, 18),
            CustomId = Text(row, 19),
            VerifyTime = SetSeconds(row.GetDateTime(20)),
            DisableTime = SetSeconds(row.GetDateTime(21)),
        };
        foreach (var device in row.GetFieldValue<string[]>(22)) account.Devices.Add(new AccountDevice { Id = device });
        return account;
    }

    /// <summary>Whether a <c>disable_time</c> means that the user is banned.</summary>
    public static bool IsBanned(DateTime disableTime) => UnixSeconds(disableTime) != 0;

    private static string Text(NpgsqlDataReader row, int ordinal) => row.IsDBNull(ordinal) ? "" : row.GetString(ordinal);

    /// <summary>Clients see whole seconds.</summary>
    private static Timestamp Seconds(DateTime time) => new() { Seconds = UnixSeconds(time) };

    private static Timestamp? SetSeconds(DateTime time) => UnixSeconds(time) is not 0 and var seconds ? new() { Seconds = seconds } : null;

    private static long UnixSeconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
