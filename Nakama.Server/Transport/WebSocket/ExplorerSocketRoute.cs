using System.Text.Json;
using Nakama.Protocol.Console;
using Nakama.Server.Api;
using Nakama.Server.ConsoleApi;
using Nakama.Server.ConsoleApi.Live;
using Nakama.Server.Errors;

namespace Nakama.Server.Transport.WebSocket;

/// <summary>
/// <c>GET /v2/console/api/socket?token=…</c>: the socket of a player for the playground, with the parameters of <c>/ws</c>. The header
/// has the operator's credentials, who needs the right to call methods; the parameter has the player's token.
/// </summary>
internal sealed class ExplorerSocketRoute(
    WebSocketAcceptor acceptor, ConsoleCredentialCheck credentials, IClientOrigins origins, ISessionTokenCheck tokens, ConsoleAudit audit) : IHttpEndpoint
{
    private static readonly ConsoleRule Rule = ConsoleRule.Write(AclResources.ApiExplorer);

    public ApiAudience Audience => ApiAudience.Operators;

    public string Path => "/v2/console/api/socket";

    public string? Verb => HttpMethods.Get;

    public async Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var request = new SocketRequest(query["format"].ToString(), null, query["token"].ToString(), query["status"].ToString(), query["lang"].ToString());
        try
        {
            var caller = credentials.Find(context.Request.Headers.Authorization, origins.OriginOf(context));
            if (!Rule.Permits(caller.Acl)) throw ConsoleErrors.NotPermitted;
            if (request.FindCaller(tokens) is { } player)
            {
                await audit.WriteAsync(
                    caller, AuditLogAction.Invoke, AclResources.ApiExplorer, "playground socket opened",
                    JsonSerializer.Serialize(new { user_id = player.UserId }), context.RequestAborted);
            }
        }
        catch (ApiException refusal)
        {
            await LiveReplies.RefuseAsync(context.Response, refusal);
            return;
        }

        await acceptor.AcceptAsync(context, request);
    }
}
