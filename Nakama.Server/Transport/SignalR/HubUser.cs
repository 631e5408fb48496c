using System.Security.Claims;
using Nakama.Server.Api;
using Nakama.Server.Transport.WebSocket;

namespace Nakama.Server.Transport.SignalR;

/// <summary>The signed-in user of a hub connection, carried from the HTTP request to the hub.</summary>
internal sealed class HubUser(Caller caller, SocketRequest request)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.UserId.ToString())], "session"))
{
    public Caller Caller { get; } = caller;

    /// <summary>The parameters that the client sent when it connected.</summary>
    public SocketRequest Request { get; } = request;
}
