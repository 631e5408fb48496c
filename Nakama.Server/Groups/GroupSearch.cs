using System.Text;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Groups;

/// <summary>
/// Lists groups by filters. Each combination of filters has its own order, which an index of the table supports.
/// </summary>
public sealed class GroupSearch(NpgsqlDataSource database)
{
    /// <summary>A page of groups.</summary>
    /// <param name="filter">The filter. Disabled groups are found by their names only.</param>
    /// <param name="limit">The maximum number of results.</param>
    /// <param name="cursor">
    /// The cursor of the previous page, or empty. With other filters the page it leads to is undefined.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="Errors.ApiException">A name is combined with another filter, or the cursor is invalid.</exception>
    public async ValueTask<GroupList> ListAsync(GroupFilter filter, int limit, string cursor, CancellationToken cancellationToken)
    {
        if (filter.Name.Length > 0 && (filter.LangTag.Length > 0 || filter.IsOpen is not null || filter.Members >= 0))
            throw GroupErrors.NameAndOtherFilter;
        GroupCursor? after = null;
        if (cursor.Length > 0) after = GroupCursor.Parse(cursor) ?? throw GroupErrors.Cursor;

        return await database.RetryAsync((filter, limit, after), static async (connection, query, cancellationToken) =>
        {
            await using var command = CommandFor(connection, query.filter, query.after);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.limit + 1 });
            await using var row = await command.ExecuteReaderAsync(cancellationToken);
            var page = new GroupList();
            var last = default(GroupCursor);
            while (await row.ReadAsync(cancellationToken))
            {
                if (page.Groups.Count == query.limit)
                {
                    page.Cursor = last.ToString();
                    break;
                }
                var group = GroupRow.Read(row);
                page.Groups.Add(group);
                last = new GroupCursor(group.LangTag, group.EdgeCount, row.GetGuid(0), group.Open == true, group.Name, row.GetDateTime(11));
            }
            return page;
        }, cancellationToken);
    }

    /// <summary>The statement with all parameters but the limit, which is the last.</summary>
    private static NpgsqlCommand CommandFor(NpgsqlConnection connection, GroupFilter filter, GroupCursor? after)
    {
        var command = connection.CreateCommand();
        var parameters = command.Parameters;
        var sql = new StringBuilder("SELECT ").Append(GroupRow.Columns).Append(" FROM groups g WHERE ");
        var name = filter.Name.TrimStart('%', ' ');
        if (name.Length > 0)
        {
            // Only the leading % is removed, so a name without wildcards must match as a whole.
            parameters.AddText(name);
            sql.Append("g.name ILIKE $1");
        }
        else
        {
            sql.Append(GroupRow.IsEnabled);
        }

        if (filter.IsOpen is { } isOpen)
        {
            parameters.Add(new NpgsqlParameter<short> { TypedValue = isOpen ? GroupRow.Open : GroupRow.Closed });
            sql.Append(" AND g.state = $").Append(parameters.Count);
        }
        if (filter.LangTag.Length > 0)
        {
            parameters.AddText(filter.LangTag);
            sql.Append(" AND g.lang_tag = $").Append(parameters.Count);
        }
        if (filter.Members is { } members && members >= 0)
        {
            parameters.Add(new NpgsqlParameter<int> { TypedValue = members });
            sql.Append(" AND g.edge_count <= $").Append(parameters.Count);
        }

        var (columns, isDescending) = name.Length > 0 ? (ByName, false) : OrderOf(filter);
        if (after is { } last)
        {
            sql.Append(" AND (").AppendJoin(", ", columns).Append(isDescending ? ") < (" : ") > (");
            for (var i = 0; i < columns.Length; i++)
            {
                parameters.Add(PlaceOf(columns[i], last));
                sql.Append(i == 0 ? "$" : ", $").Append(parameters.Count);
            }
            sql.Append(')');
        }

        var direction = isDescending ? " DESC" : "";
        sql.Append(" ORDER BY ").AppendJoin(", ", columns.Select(column => column + direction));
        command.CommandText = sql.Append(" LIMIT $").Append(parameters.Count + 1).ToString();
        return command;
    }

    // A column that a filter fixes to one value is not needed in the order.
    private static (string[] Columns, bool IsDescending) OrderOf(GroupFilter filter) =>
        (filter.IsOpen is not null, filter.LangTag.Length > 0, filter.Members >= 0) switch
        {
            (false, true, false) => (BySize, false),
            (_, true, _) => (BySize, true),
            (true, false, true) => (BySizeAndLanguage, true),
            (false, false, true) => (BySizeAndTime, true),
            _ => (ByTime, false),
        };

    private static readonly string[] ByName = ["g.name"];
    private static readonly string[] BySize = ["g.edge_count", "g.id"];
    private static readonly string[] BySizeAndLanguage = ["g.edge_count", "g.lang_tag", "g.id"];
    private static readonly string[] BySizeAndTime = ["g.edge_count", "g.update_time", "g.id"];
    private static readonly string[] ByTime = ["g.update_time", "g.edge_count", "g.id"];

    private static NpgsqlParameter PlaceOf(string column, in GroupCursor last) => column switch
    {
        "g.name" => TextParameters.Text(last.Name),
        "g.lang_tag" => TextParameters.Text(last.LangTag),
        "g.edge_count" => new NpgsqlParameter<int> { TypedValue = last.EdgeCount },
        "g.update_time" => new NpgsqlParameter<DateTime> { TypedValue = last.UpdateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        _ => new NpgsqlParameter<Guid> { TypedValue = last.Id },
    };
}
