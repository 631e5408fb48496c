using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Maps a row of <c>groups</c> to a message. The columns are listed once, in the order they are read.</summary>
internal static class GroupRow
{
    /// <summary>The table must have the alias <c>g</c>.</summary>
    public const string Columns = """
        g.id, g.creator_id, g.name, g.description, g.avatar_url, g.lang_tag, g.metadata, g.state, g.edge_count, g.max_count,
        g.create_time, g.update_time
        """;

    /// <summary>The number of columns; further columns of a statement begin at this ordinal.</summary>
    public const int ColumnCount = 12;

    /// <summary>The condition that a group has not been disabled.</summary>
    public const string IsEnabled = "g.disable_time = '1970-01-01 00:00:00 UTC'";

    /// <summary>The value of <c>state</c> for an open group.</summary>
    public const short Open = 0;

    /// <summary>The value of <c>state</c> for a group that needs approval to join.</summary>
    public const short Closed = 1;

    public static Group Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0).ToString(),
        CreatorId = row.GetGuid(1).ToString(),
        Name = row.GetString(2),
        Description = row.IsDBNull(3) ? "" : row.GetString(3),
        AvatarUrl = row.IsDBNull(4) ? "" : row.GetString(4),
        LangTag = row.GetString(5),
        Metadata = row.GetString(6),
        Open = row.GetInt16(7) == Open,
        EdgeCount = row.GetInt32(8),
        MaxCount = row.GetInt32(9),
        CreateTime = Seconds(row.GetDateTime(10)),
        UpdateTime = Seconds(row.GetDateTime(11)),
    };

    /// <summary>Clients see whole seconds.</summary>
    private static Timestamp Seconds(DateTime time) => new() { Seconds = new DateTimeOffset(time).ToUnixTimeSeconds() };
}
