using System.Collections.ObjectModel;
using System.Text;
using Microsoft.Extensions.Primitives;
using Nakama.Protocol.Realtime;
using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Metrics;
using Nakama.Server.Realtime;
using Nakama.Server.Sessions;
using ErrorCode = Nakama.Protocol.Realtime.Error.Types.Code;

namespace Nakama.Server.Rpc;

/// <summary>Function calls over sockets. They run without hooks, and an HTTP key in them is ignored.</summary>
internal sealed class RpcRealtime(RpcInvoker functions, ServerMetrics metrics, TimeProvider time) : IRealtimeFeature
{
    private const string Transport = "ws_rpc";

    private static readonly ReadOnlyDictionary<string, StringValues> Nothing = ReadOnlyDictionary<string, StringValues>.Empty;

    public void Map(RealtimeMap realtime) => realtime.Map(Envelope.MessageOneofCase.Rpc, CallAsync);

    private async ValueTask<Envelope?> CallAsync(Session session, Envelope request, CancellationToken cancellationToken)
    {
        var (id, payload) = (request.Rpc.Id, request.Rpc.Payload);
        if (id.Length == 0) throw RealtimeException.BadInput(RpcErrors.IdRequired.Message);
        var function = functions.Find(id) ?? throw new RealtimeException(ErrorCode.RuntimeFunctionNotFound, RpcErrors.NotFound.Message);

        var startedAt = time.GetTimestamp();
        var outcome = StatusCode.Internal;
        var sent = 0;
        try
        {
            var answer = await functions.RunAsync(function, CallOf(session), id, payload, cancellationToken);
            outcome = StatusCode.Ok;
            sent = Encoding.UTF8.GetByteCount(answer);
            return new Envelope { Rpc = new Nakama.Protocol.Api.Rpc { Id = id, Payload = answer } };
        }
        catch (ApiException e)
        {
            outcome = e.Status;
            throw new RealtimeException(ErrorCode.RuntimeFunctionException, e is RpcFailedException ? RealtimeErrors.Fault.Message : e.Message);
        }
        finally
        {
            metrics.RpcDone(Transport, id.ToLowerInvariant(), outcome, Encoding.UTF8.GetByteCount(payload), sent, time.GetElapsedTime(startedAt));
        }
    }

    private static RpcCall CallOf(Session session) => new()
    {
        Caller = new Caller(session.UserId, session.Username, session.Vars, session.Expiry, TokenId: ""),
        Headers = Nothing,
        QueryParameters = Nothing,
        SessionId = session.Id,
        Lang = session.Lang,
        ClientIp = session.ClientIp,
        ClientPort = session.ClientPort,
    };
}
