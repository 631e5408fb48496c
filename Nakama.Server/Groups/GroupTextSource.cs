using Nakama.Server.Search.Text;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>The groups of the operators' full-text index, disabled ones too: found by name, and by the words of their descriptions and metadata.</summary>
internal sealed class GroupTextSource(NpgsqlDataSource database) : UuidTextSource(database)
{
    public const string KindName = "group";

    private const string Select = "SELECT g.id, g.update_time, g.name, g.description, left(g.metadata::text, 4096) FROM groups g";

    private const int MaxSubtitle = 120;

    protected override string PageSql => $"{Select} WHERE g.id > $1 ORDER BY g.id LIMIT $2";

    protected override string ChangedSql => "SELECT id, update_time FROM groups WHERE (update_time, id) > ($1, $2) ORDER BY update_time, id LIMIT $3";

    protected override string ReadSql => $"{Select} WHERE g.id = ANY($1)";

    protected override string FindSql => $"{Select} WHERE g.name = $1 OR g.id = $2";

    public override string Kind => KindName;

    public override string Format => "1";

    protected override TextRow Read(NpgsqlDataReader row)
    {
        var (id, name) = (row.GetGuid(0).ToString(), row.GetString(2));
        var description = row.IsDBNull(3) ? "" : row.GetString(3);
        return new TextRow(
            id, row.GetDateTime(1), name, Shortened(description), [name], [id], $"{description}\n{JsonWords.Of(row.GetString(4))}")
        {
            FoundByParts = name,
        };
    }

    private static string Shortened(string text)
    {
        if (text.Length <= MaxSubtitle) return text;
        return text[..(char.IsHighSurrogate(text[MaxSubtitle - 1]) ? MaxSubtitle - 1 : MaxSubtitle)] + "…";
    }
}
