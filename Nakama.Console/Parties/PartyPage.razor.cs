using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Parties;

/// <summary>One party: its members, join requests and tickets.</summary>
public sealed partial class PartyPage
{
    [Parameter]
    public string Id { get; set; } = "";

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "InspectParty";

    private bool IsGone => ErrorCode == NodeException.NotFound;

    protected override IMessage Request() => new InspectPartyRequest { PartyId = Id };

    private async Task EndAsync()
    {
        if (await Dialogs.ConfirmAsync("End party", "The members are told that the party is closed. They stay connected.", "End party"))
            await DoAsync("The party has ended", () => Client.EndPartyAsync(Id, Closed));
    }
}
