using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Sessions;

/// <summary>Open sessions: of all players, or as a part of the page of one.</summary>
public sealed partial class SessionList
{
    /// <summary>The player; empty for all.</summary>
    [Parameter]
    public string UserId { get; set; } = "";

    [Parameter]
    public string Text { get; set; } = "";

    /// <summary>The node; empty for all.</summary>
    [Parameter]
    public string Node { get; set; } = "";

    protected override AclResources Needs => AclResources.Account;

    protected override string Method => "ListLiveSessions";

    private string EmptyText => (UserId.Length, Text.Length) switch
    {
        ( > 0, _) => "This player is not connected.",
        (_, > 0) => "No open session is found by this.",
        _ => "Nobody is connected.",
    };

    protected override IMessage Request() => new ListLiveSessionsRequest { UserId = UserId, Text = Text, Node = Node, Cursor = Cursors.Peek() };

    protected override string Filters => $"{UserId}\n{Text}\n{Node}";

    private static string TransportOf(string format) => format switch
    {
        "websocket-json" => "WebSocket, JSON",
        "websocket-protobuf" => "WebSocket, protobuf",
        "signalr" => "SignalR",
        _ => "reliable UDP",
    };

    private async Task DisconnectAsync(LiveSession session)
    {
        if (await Dialogs.ConfirmAsync("Disconnect", $"The session of {session.Username} is closed. The client may connect again.", "Disconnect"))
            await DoAsync("Disconnected", () => Client.DisconnectAsync(session.SessionId, Closed));
    }
}
