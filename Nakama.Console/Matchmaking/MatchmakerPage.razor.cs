using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>The queue of the matchmaker, the oldest tickets first.</summary>
public sealed partial class MatchmakerPage
{
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListMatchmakerTickets";

    protected override IMessage Request() => new ListMatchmakerTicketsRequest { Text = Text ?? "", Cursor = Cursors.Peek() };

    protected override string Filters => Text ?? "";
}
