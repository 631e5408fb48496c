using System.Globalization;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;
using Nakama.Server.Accounts;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi.Live;
using Nakama.Server.Groups;
using Nakama.Server.Search.Text;
using Nakama.Server.Storage;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>The full-text search of operators, who find the rows of the kinds that they may read.</summary>
internal sealed class ConsoleSearchApi(FullTextSearch search) : IConsoleFeature
{
    private const string CursorKind = "search";

    private static readonly IReadOnlyList<(string Kind, AclResources Resource)> Kinds =
    [
        (AccountTextSource.KindName, AclResources.Account),
        (GroupTextSource.KindName, AclResources.Group),
        (StorageTextSource.KindName, AclResources.StorageData),
    ];

    public void Map(ApiMap api) => api.Map<SearchRequest, SearchAnswer>("Search", SearchAsync);

    private async ValueTask<SearchAnswer> SearchAsync(ApiCall call, SearchRequest request, CancellationToken cancellationToken)
    {
        if (request.Text.Length > TextQuery.MaxLength) throw LiveErrors.TextTooLong;
        var limit = LivePage.Limit(request.Limit);
        var kinds = KindsOf(request, ((ConsoleOperator)call.Operator!).Acl);
        var (answer, next) = await search.SearchAsync(request.Text, kinds, limit, OffsetOf(request.Cursor), cancellationToken);
        if (next is { } offset) answer.NextCursor = ConsoleCursor.Write(CursorKind, offset.ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private static List<string> KindsOf(SearchRequest request, ConsoleAcl acl)
    {
        foreach (var kind in request.Kinds)
        {
            if (!Kinds.Any(known => known.Kind == kind)) throw LiveErrors.KindInvalid;
        }

        return
        [
            .. Kinds.Where(known => acl.Permits(known.Resource, AclRight.Read) && (request.Kinds.Count == 0 || request.Kinds.Contains(known.Kind)))
                .Select(static known => known.Kind),
        ];
    }

    private static int OffsetOf(string cursor)
    {
        if (cursor.Length == 0) return 0;
        return ConsoleCursor.Read(cursor, CursorKind, 1) is [var text]
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset is > 0 and < FullTextSearch.MaxDepth
            ? offset
            : throw LiveErrors.CursorInvalid;
    }
}
