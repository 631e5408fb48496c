using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Nakama.Protocol.Api;
using Nakama.Server.Database;
using Nakama.Server.Presence;
using Nakama.Server.Search.Text;
using Nakama.Server.Security;
using Npgsql;
using NpgsqlTypes;

namespace Nakama.Server.Accounts;

/// <summary>Lists and finds accounts for operators.</summary>
public sealed partial class AccountSearch(NpgsqlDataSource database, PresenceTracker presences, INameIndex names)
{
    /// <summary>The most users of a page, of a search and of a list of tombstones.</summary>
    public const int PageSize = 50;

    private const int MaxByDisplayName = 100;
    private const int MinDisplayNameBytes = 3;

    // Fewer accounts are looked through in less time than an index of names is asked.
    private const int ManyAccounts = 100_000;

    // Where more names match, a few of them are soon met.
    private const int MaxCandidates = 1000;

    private const string PageSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.id > $1 ORDER BY u.id LIMIT $2
        """;

    private const string FirstPageSql = $"""
        SELECT {UserRow.UserColumns} FROM users u ORDER BY u.id LIMIT $1
        """;

    // With an array, as IN does not use the indexes of the other columns.
    private const string ExactSql = $"""
        SELECT {UserRow.UserColumns} FROM users u
        WHERE u.username = $1 OR u.facebook_id = $1 OR u.google_id = $1 OR u.gamecenter_id = $1 OR u.steam_id = $1
            OR u.custom_id = $1 OR u.facebook_instant_game_id = $1 OR u.apple_id = $1 OR u.email = $1 OR u.id = $2
            OR u.id = ANY(ARRAY(SELECT d.user_id FROM user_device d WHERE d.id = $1))
        """;

    private const string DisplayNameSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.display_name ILIKE $1 LIMIT $2
        """;

    // The index of display names knows nothing of percent signs, so that it would lead to all names with the rest of the text.
    private const string DisplayNameWithPercentSql = $"""
        SELECT {UserRow.UserColumns} FROM users u
        WHERE u.id = ANY(ARRAY(SELECT d.id FROM users d WHERE d.display_name ILIKE $3 LIMIT 1000)) AND u.display_name ILIKE $1 LIMIT $2
        """;

    private const string UsernameSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.username ILIKE $1 LIMIT $2
        """;

    private const string UsernameOfSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.id = ANY($3) AND u.username ILIKE $1 LIMIT $2
        """;

    private const string FromUsernameSql = $"""
        SELECT {UserRow.UserColumns} FROM users u WHERE u.username >= $1 ORDER BY u.username LIMIT $2
        """;

    private const string TombstonesSql = "SELECT user_id, create_time FROM user_tombstone ORDER BY create_time DESC LIMIT $1";

    private const string TombstoneSql = "SELECT user_id, create_time FROM user_tombstone WHERE user_id = $1";

    /// <summary>A page of users by id, and the id to continue after; null at the end.</summary>
    public async ValueTask<(IReadOnlyList<User> Users, Guid? Next)> ListAsync(Guid? after, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, User>(StringComparer.Ordinal);
        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(after is null ? FirstPageSql : PageSql);
            if (after is { } id) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize + 1 });
            return await AddAsync(found, command, PageSize + 1, token);
        }, cancellationToken);
        var users = found.Values.ToList();
        if (users.Count <= PageSize) return (users, null);
        users.RemoveAt(PageSize);
        return (users, Guid.Parse(users[^1].Id));
    }

    /// <summary>
    /// The users whose name, id, address, device or provider id equals the filter, or whose display name contains it; with
    /// a percent sign also those whose username matches it as a pattern. In no particular order.
    /// </summary>
    public async ValueTask<IReadOnlyList<User>> FindAsync(string filter, bool withDisplayNames, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, User>(StringComparer.Ordinal);
        await database.RetryAsync(async (connection, token) =>
        {
            await using var exact = connection.CreateCommand(ExactSql);
            exact.Parameters.AddText(filter);
            exact.Parameters.Add(UuidText.TryParse(filter, out var id)
                ? new NpgsqlParameter<Guid> { TypedValue = id }
                : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
            return await AddAsync(found, exact, int.MaxValue, token);
        }, cancellationToken);

        if (withDisplayNames && InputText.HasLength(filter, MinDisplayNameBytes, int.MaxValue))
            await AddByDisplayNameAsync(found, filter, cancellationToken);
        if (found.Count < PageSize && UsernamePattern().IsMatch(filter) && filter.Contains('%'))
            await AddByUsernameAsync(found, filter, cancellationToken);
        return [.. found.Values];
    }

    /// <summary>The recorded deletions, newest first, or that of one user. The time of deletion is in the update time.</summary>
    public ValueTask<IReadOnlyList<User>> ListTombstonesAsync(Guid? userId, CancellationToken cancellationToken) =>
        database.RetryAsync<IReadOnlyList<User>>(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(userId is null ? TombstonesSql : TombstoneSql);
            if (userId is { } id) command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
            else command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            await using var row = await command.ExecuteReaderAsync(token);
            var users = new List<User>();
            while (await row.ReadAsync(token))
            {
                var deletedAt = new DateTimeOffset(row.GetDateTime(1)).ToUnixTimeSeconds();
                users.Add(new User { Id = row.GetGuid(0).ToString(), UpdateTime = new Timestamp { Seconds = deletedAt } });
            }

            return users;
        }, cancellationToken);

    /// <inheritdoc cref="RowCounts.EstimateAsync"/>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) => database.EstimateAsync("users", cancellationToken);

    private async ValueTask AddByDisplayNameAsync(Dictionary<string, User> found, string filter, CancellationToken cancellationToken)
    {
        var (pattern, rest) = ($"%{LikePattern.Escape(filter)}%", filter.Contains('%') ? $"%{LikePattern.OfWildcards(filter.Trim('%'))}%" : null);
        await database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(rest is null ? DisplayNameSql : DisplayNameWithPercentSql);
            command.Parameters.AddText(pattern);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxByDisplayName });
            if (rest is not null) command.Parameters.AddText(rest);
            return await AddAsync(found, command, int.MaxValue, token);
        }, cancellationToken);
    }

    /// <summary>Adds the users whose username matches a pattern, up to a page of users in all.</summary>
    private async ValueTask AddByUsernameAsync(Dictionary<string, User> found, string filter, CancellationToken cancellationToken)
    {
        if (filter[0] != '%')
        {
            var kind = await DatabaseKind.OfAsync(database, cancellationToken);
            foreach (var user in await NamePrefixScan.FindAsync(kind.SortsByBytes, filter[..^1], "", PageSize, ReadFromAsync, static user => user.Username, cancellationToken))
            {
                if (found.Count < PageSize) found.TryAdd(user.Id, user);
            }

            return;
        }

        var ids = await CountAsync(cancellationToken) < ManyAccounts
            ? null
            : await names.FindAsync(AccountTextSource.KindName, filter.Trim('%'), MaxCandidates, cancellationToken);
        await AddLikeAsync(found, filter, ids, cancellationToken);
    }

    private ValueTask<List<User>> ReadFromAsync(string username, int limit, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(FromUsernameSql);
            command.Parameters.AddText(username);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
            await using var row = await command.ExecuteReaderAsync(token);
            var users = new List<User>();
            while (await row.ReadAsync(token)) users.Add(AccountStore.ReadUser(row, presences));
            return users;
        }, cancellationToken);

    private ValueTask<int> AddLikeAsync(Dictionary<string, User> found, string filter, IReadOnlyList<string>? ids, CancellationToken cancellationToken) =>
        database.RetryAsync(async (connection, token) =>
        {
            await using var command = connection.CreateCommand(ids is null ? UsernameSql : UsernameOfSql);
            command.Parameters.AddText(LikePattern.OfWildcards(filter));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            if (ids is not null) command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(Guid.Parse)] });
            return await AddAsync(found, command, PageSize, token);
        }, cancellationToken);

    /// <summary>Adds the users of the rows and returns the new total.</summary>
    private async ValueTask<int> AddAsync(Dictionary<string, User> found, NpgsqlCommand command, int total, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (found.Count < total && await row.ReadAsync(cancellationToken))
        {
            var user = AccountStore.ReadUser(row, presences);
            found.TryAdd(user.Id, user);
        }

        return found.Count;
    }

    [GeneratedRegex("^%?[^%]{3,}%?$", RegexOptions.CultureInvariant)]
    private static partial Regex UsernamePattern();
}
