using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>One waiting ticket, and why it finds nobody.</summary>
public sealed partial class TicketPage
{
    [Parameter]
    public string Ticket { get; set; } = "";

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ExplainMatchmakerTicket";

    private bool IsGone => ErrorCode == NodeException.NotFound;

    protected override IMessage Request() => new ExplainMatchmakerTicketRequest { Ticket = Ticket };

    private async Task RemoveAsync()
    {
        if (await Dialogs.ConfirmAsync("Remove ticket", "The players of this ticket are no longer matched, and their clients are not told.", "Remove"))
            await DoAsync("The ticket is removed", () => Client.RemoveTicketAsync(Ticket, Closed));
    }
}
