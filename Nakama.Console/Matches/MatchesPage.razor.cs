using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matches;

/// <summary>The running matches of all nodes. The filters are part of the URL, so that they can be shared.</summary>
public sealed partial class MatchesPage
{
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "query")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListLiveMatches";

    private bool IsFiltered => Text is { Length: > 0 } || Query is { Length: > 0 } || Kind is { Length: > 0 };

    protected override IMessage Request() =>
        new ListLiveMatchesRequest { Text = Text ?? "", Query = Query ?? "", Kind = Kind ?? "", Cursor = Cursors.Peek() };

    protected override string Filters => $"{Text}\n{Query}\n{Kind}";

    private static string MatchPath(string id) => $"matches/{Uri.EscapeDataString(id)}";
}
