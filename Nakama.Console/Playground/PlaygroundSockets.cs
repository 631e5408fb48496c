using System.Net.WebSockets;
using Nakama.Console.Access;
using Nakama.Console.Nodes;

namespace Nakama.Console.Playground;

/// <summary>Opens sockets of players at the node as the signed-in operator.</summary>
public sealed class PlaygroundSockets(IHttpMessageHandlerFactory handlers, NodeAddresses addresses, Operator signedIn)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="playerToken">The session token of the player.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WebSocketException">The node refused, or does not answer.</exception>
    public async Task<WebSocket> OpenAsync(string playerToken, CancellationToken cancellationToken)
    {
        var node = addresses.Current;
        var address = new UriBuilder(new Uri(node, NodePath.Of("/api/socket")))
        {
            Scheme = node.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs,
            Query = $"format=json&status=true&token={Uri.EscapeDataString(playerToken)}",
        };
        var socket = new ClientWebSocket();
        try
        {
            if (await signedIn.TokenAsync() is { } token) socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            using var invoker = new HttpMessageInvoker(handlers.CreateHandler(NodeHttpClients.Streams), disposeHandler: false);
            await socket.ConnectAsync(address.Uri, invoker, patience.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
