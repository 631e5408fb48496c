using System.Globalization;
using Nakama.Protocol.Console;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.Security;
using Account = Nakama.Protocol.Console.Account;
using User = Nakama.Protocol.Api.User;

namespace Nakama.Server.ConsoleApi;

/// <summary>Operators' view of accounts.</summary>
internal sealed class ConsoleAccountsApi(AccountStore accounts, AccountSearch search, AccountTransfer transfer, ConsoleOptions options) : IConsoleFeature
{
    private const string CursorKind = "accounts";

    public void Map(ApiMap api)
    {
        api.Map<ListAccountsRequest, AccountList>("ListAccounts", ListAsync);
        api.Map<AccountId, Account>("GetAccount", GetAsync);
        api.Map<AccountId, AccountExport>("ExportAccount", ExportAsync);
    }

    /// <summary>Parses the id of a request.</summary>
    /// <exception cref="Errors.ApiException">It is not a valid id.</exception>
    internal static Guid Id(string text) => UuidText.TryParse(text, out var id) ? id : throw ConsoleErrors.UserIdInvalid;

    private async ValueTask<AccountList> ListAsync(ApiCall call, ListAccountsRequest request, CancellationToken cancellationToken)
    {
        var list = new AccountList();
        if (request.Tombstones)
        {
            if (request.Filter.Length == 0) list.Users.AddRange(await search.ListTombstonesAsync(null, cancellationToken));
            else if (UuidText.TryParse(request.Filter, out var id)) list.Users.AddRange(await search.ListTombstonesAsync(id, cancellationToken));
            list.TotalCount = list.Users.Count;
            return list;
        }

        if (request.Filter.Length > 0)
        {
            list.TotalCount = await search.CountAsync(cancellationToken);
            list.Users.AddRange(await search.FindAsync(request.Filter, !options.DisableDisplayNameSearch, cancellationToken));
        }
        else
        {
            var cursor = ReadCursor(request.Cursor);
            var (users, next) = await search.ListAsync(cursor?.After, cancellationToken);
            list.TotalCount = cursor?.Count ?? await search.CountAsync(cancellationToken);
            list.Users.AddRange(users);
            list.NextCursor = next is { } last ? WriteCursor(last, list.TotalCount) : "";
        }

        foreach (var user in list.Users) Escape(user);
        return list;
    }

    private async ValueTask<Account> GetAsync(ApiCall call, AccountId request, CancellationToken cancellationToken)
    {
        var account = await accounts.GetAsync(Id(request.Id), cancellationToken) ?? throw ConsoleAccountErrors.NotFound;
        Escape(account.User);
        return new Account { Account_ = account, DisableTime = account.DisableTime };
    }

    private async ValueTask<AccountExport> ExportAsync(ApiCall call, AccountId request, CancellationToken cancellationToken) =>
        await transfer.ExportAsync(Id(request.Id), cancellationToken) ?? throw ConsoleAccountErrors.NotFound;

    /// <summary>The cursor carries the number of all accounts, so that only the first page counts them.</summary>
    private static string WriteCursor(Guid last, int count) => ConsoleCursor.Write(CursorKind, last.ToString(), count.ToString(CultureInfo.InvariantCulture));

    private static (Guid After, int Count)? ReadCursor(string cursor)
    {
        if (cursor.Length == 0) return null;
        return ConsoleCursor.Read(cursor, CursorKind, 2) is [var last, var number] && UuidText.TryParse(last, out var id)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? (id, count)
                : throw ConsoleAccountErrors.CursorInvalid;
    }

    /// <summary>Players write these texts, and console clients render them as HTML.</summary>
    private static void Escape(User user)
    {
        user.DisplayName = Escape(user.DisplayName);
        user.AvatarUrl = Escape(user.AvatarUrl);
        user.LangTag = Escape(user.LangTag);
        user.Location = Escape(user.Location);
        user.Timezone = Escape(user.Timezone);
    }

    private static string Escape(string text) => text.AsSpan().IndexOfAny("&'<>\"") < 0
        ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&#34;", StringComparison.Ordinal);
}
