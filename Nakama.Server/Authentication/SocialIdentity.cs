namespace Nakama.Server.Authentication;

/// <summary>One of the providers whose ids accounts can have: its column, its statements, its texts.</summary>
internal sealed class SocialIdentity
{
    private static readonly string[] Columns =
        ["custom_id", "email", "apple_id", "facebook_id", "facebook_instant_game_id", "google_id", "gamecenter_id", "steam_id"];

    private SocialIdentity(string column, string name, string idName)
    {
        (Name, IdName) = (name, idName);
        FindSql = $"SELECT id, username, disable_time, display_name, avatar_url FROM users WHERE {column} = $1";
        FindAllSql = $"SELECT id FROM users WHERE {column} = ANY($1)";
        CreateSql = $"""
            INSERT INTO users (id, username, {column}, display_name, avatar_url, email, create_time, update_time)
            VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, ''), now(), now())
            """;
        MoveSql = $"UPDATE users SET {column} = $2, update_time = now() WHERE {column} = $1";
        LinkSql = $"""
            UPDATE users SET {column} = $2, update_time = now(),
                display_name = COALESCE(NULLIF(display_name, ''), NULLIF($3, '')), avatar_url = COALESCE(NULLIF(avatar_url, ''), NULLIF($4, ''))
            WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM users WHERE {column} = $2 AND id <> $1)
            """;
        UnlinkSql = $"""
            UPDATE users SET {column} = NULL, update_time = now()
            WHERE id = $1 AND ($2 = '' OR {column} = $2) AND (
                COALESCE({string.Join(", ", Columns.Where(other => other != column))}) IS NOT NULL
                OR EXISTS (SELECT 1 FROM user_device WHERE user_id = $1))
            """;
    }

    public static SocialIdentity Apple { get; } = new("apple_id", "Apple", "Apple ID");

    public static SocialIdentity Facebook { get; } = new("facebook_id", "Facebook", "Facebook ID");

    public static SocialIdentity FacebookInstantGame { get; } =
        new("facebook_instant_game_id", "Facebook Instant Game", "Facebook Instant Game ID");

    public static SocialIdentity GameCenter { get; } = new("gamecenter_id", "GameCenter", "GameCenter ID");

    public static SocialIdentity Google { get; } = new("google_id", "Google", "Google ID");

    public static SocialIdentity Steam { get; } = new("steam_id", "Steam", "Steam ID");

    /// <summary>The provider's name in messages to clients.</summary>
    public string Name { get; }

    /// <summary>The name of the provider's id in messages to clients.</summary>
    public string IdName { get; }

    /// <summary>Finds the user with an id.</summary>
    public string FindSql { get; }

    /// <summary>Finds all users with one of many ids.</summary>
    public string FindAllSql { get; }

    /// <summary>Creates an account with an id; empty texts become null.</summary>
    public string CreateSql { get; }

    /// <summary>Replaces the id of an account.</summary>
    public string MoveSql { get; }

    /// <summary>Sets an account's id unless another account has it; a name and a picture are set where they are empty.</summary>
    public string LinkSql { get; }

    /// <summary>Removes an account's id, if it equals the given one or none is given, and if another identity is left.</summary>
    public string UnlinkSql { get; }
}
