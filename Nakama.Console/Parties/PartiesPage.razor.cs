using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Parties;

/// <summary>The parties of all nodes.</summary>
public sealed partial class PartiesPage
{
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListLiveParties";

    protected override IMessage Request() => new ListLivePartiesRequest { Text = Text ?? "", Cursor = Cursors.Peek() };

    protected override string Filters => Text ?? "";
}
