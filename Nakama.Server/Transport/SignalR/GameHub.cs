using Microsoft.AspNetCore.SignalR;
using Nakama.Protocol.Realtime;
using RpcMessage = Nakama.Protocol.Api.Rpc;

namespace Nakama.Server.Transport.SignalR;

/// <summary>
/// The realtime messages as methods, for SignalR clients. Each method is named after its message, takes its fields
/// in order and returns the message that a socket would get as answer; server messages arrive as events named after
/// them. A refusal is an exception, see <see cref="HubErrors"/>.
/// </summary>
internal sealed partial class GameHub(SignalRSessions sessions) : Hub
{
    private static readonly object SessionKey = new();

    private SignalRSession Session => (SignalRSession)Context.Items[SessionKey]!;

    public override Task OnConnectedAsync()
    {
        var connection = Context.Features.Get<HubConnectionContext>()!;
        Context.Items[SessionKey] = sessions.Open(connection, (HubUser)Context.User!, Context.GetHttpContext());
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception) => sessions.EndAsync(Session, exception);

    public async Task<Pong?> Ping() => (await CallAsync(new Envelope { Ping = new Ping() }))?.Pong;

    /// <summary>Calls a function of the game's modules.</summary>
    public async Task<RpcMessage?> Rpc(string id, string? payload)
    {
        var rpc = new RpcMessage { Id = id, Payload = payload ?? "" };
        return (await CallAsync(new Envelope { Rpc = rpc }))?.Rpc;
    }

    private async Task<Envelope?> CallAsync(Envelope request)
    {
        var answer = await Session.CallAsync(request);
        return answer?.Error is { } error ? throw HubErrors.Of(error) : answer;
    }
}
