using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Search.Text;
using Npgsql;

namespace Nakama.Server.Groups;

/// <summary>Lists and finds groups for operators, including disabled ones.</summary>
public sealed class OperatorGroupSearch(NpgsqlDataSource database, INameIndex names)
{
    /// <summary>The maximum number of groups in a page.</summary>
    public const int PageSize = 50;

    // Fewer groups are looked through in less time than an index of names is asked.
    private const int ManyGroups = 50_000;

    // Where more names match, a page of them is soon met.
    private const int MaxCandidates = 1000;

    private const string FirstPageSql = $"SELECT {GroupRow.Columns} FROM groups g ORDER BY g.id LIMIT $1";

    private const string PageSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.id > $2 ORDER BY g.id LIMIT $1";

    private const string NamePageSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.name ILIKE $2 AND g.name > $3 ORDER BY g.name LIMIT $1";

    private const string NamePageOfSql = $"""
        SELECT {GroupRow.Columns} FROM groups g WHERE g.id = ANY($4) AND g.name ILIKE $2 AND g.name > $3 ORDER BY g.name LIMIT $1
        """;

    private const string FromNameSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.name >= $2 ORDER BY g.name LIMIT $1";

    private const string NameSql = $"SELECT {GroupRow.Columns} FROM groups g WHERE g.name = $2 LIMIT $1";

    /// <summary>A page of all groups by id, and whether there are more.</summary>
    public ValueTask<(List<Group> Groups, bool HasMore)> ListAsync(Guid? after, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = New(connection, after is null ? FirstPageSql : PageSql, PageSize + 1);
            if (after is { } id) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            return Cut(await ReadAsync(command, token));
        }, cancellationToken);

    /// <summary>A page of the groups whose names match a pattern, by name, and whether there are more.</summary>
    /// <param name="pattern">The pattern, in which <c>%</c> stands for any text.</param>
    /// <param name="after">The name to continue after; empty for the first page.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async ValueTask<(List<Group> Groups, bool HasMore)> FindAsync(string pattern, string after, CancellationToken cancellationToken)
    {
        if (pattern.IndexOf('%') == pattern.Length - 1)
        {
            var kind = await DatabaseKind.OfAsync(database, cancellationToken);
            return Cut(await NamePrefixScan.FindAsync(kind.SortsByBytes, pattern[..^1], after, PageSize + 1, ReadFromAsync, static group => group.Name, cancellationToken));
        }

        var part = pattern.Trim('%');
        var ids = part.Contains('%') || await CountAsync(cancellationToken) < ManyGroups
            ? null
            : await names.FindAsync(GroupTextSource.KindName, part, MaxCandidates, cancellationToken);
        return await database.RetryAsync(async (connection, token) =>
        {
            await using var command = New(connection, ids is null ? NamePageSql : NamePageOfSql, PageSize + 1);
            command.Parameters.AddText(LikePattern.OfWildcards(pattern)).AddText(after);
            if (ids is not null) command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(Guid.Parse)] });
            return Cut(await ReadAsync(command, token));
        }, cancellationToken);
    }

    /// <summary>The group with exactly this name, if there is one.</summary>
    public ValueTask<(List<Group> Groups, bool HasMore)> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = New(connection, NameSql, PageSize + 1);
            command.Parameters.AddText(name);
            return Cut(await ReadAsync(command, token));
        }, cancellationToken);

    /// <inheritdoc cref="RowCounts.EstimateAsync"/>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) => database.EstimateAsync("groups", cancellationToken);

    private ValueTask<List<Group>> ReadFromAsync(string name, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = New(connection, FromNameSql, limit);
            command.Parameters.AddText(name);
            return await ReadAsync(command, token);
        }, cancellationToken);

    private static NpgsqlCommand New(NpgsqlConnection connection, string sql, int limit)
    {
        var command = connection.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        return command;
    }

    private static async ValueTask<List<Group>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new List<Group>();
        while (await row.ReadAsync(cancellationToken)) groups.Add(GroupRow.Read(row));
        return groups;
    }

    private static (List<Group> Groups, bool HasMore) Cut(List<Group> groups)
    {
        if (groups.Count <= PageSize) return (groups, false);
        groups.RemoveAt(PageSize);
        return (groups, true);
    }
}
