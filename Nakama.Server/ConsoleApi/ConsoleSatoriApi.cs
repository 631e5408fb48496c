using System.Globalization;
using Nakama.Protocol.Console;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>Messages to players through Satori.</summary>
internal sealed class ConsoleSatoriApi(ConsoleSatoriClient satori) : IConsoleFeature
{
    private const string TemplatesPath = "/v1/console/message-template";
    private const string MessagePath = "/v1/console/message-direct";

    public void Map(ApiMap api)
    {
        api.Map<Template.Types.ListRequest, Template.Types.ListResponse>("SatoriListTemplates", (_, request, token) =>
            satori.GetAsync<Template.Types.ListResponse>(TemplatesPath, QueryOf(request), token));
        api.Map<SendDirectMessageRequest, SendDirectMessageResponse>("SatoriSendDirectMessage", (_, request, token) =>
            satori.PostAsync<SendDirectMessageResponse>(MessagePath, request, token));
    }

    private static IEnumerable<KeyValuePair<string, string>> QueryOf(Template.Types.ListRequest request)
    {
        if (request.Search?.Name is { } name)
        {
            if (name.Exact.Length > 0) yield return new("search.name.exact", name.Exact);
            if (name.Like.Length > 0) yield return new("search.name.like", name.Like);
            foreach (var one in name.Or) yield return new("search.name.or", one);
        }

        if (request.Search?.LabelName is { } label)
        {
            foreach (var one in label.Or) yield return new("search.label_name.or", one);
            foreach (var one in label.And) yield return new("search.label_name.and", one);
        }

        if (request.Pagination is not { } page) yield break;
        if (page.Limit != 0) yield return new("pagination.limit", page.Limit.ToString(CultureInfo.InvariantCulture));
        if (page.Cursor.Length > 0) yield return new("pagination.cursor", page.Cursor);
    }
}
