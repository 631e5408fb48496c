using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matches;

/// <summary>The running matches of all nodes. The filters are part of the URL, so that they can be shared.</summary>
public sealed partial class MatchesPage
{
    private string _text = "";
    private string _query = "";
    private string? _shown;

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

    protected override Task OnParametersSetAsync()
    {
        var wanted = $"{Text}\n{Query}\n{Kind}";
        if (wanted != _shown)
        {
            (_shown, _text, _query) = (wanted, Text ?? "", Query ?? "");
            Cursors.Clear();
            Cursors.Push("");
        }

        return base.OnParametersSetAsync();
    }

    private static string MatchPath(string id) => $"/matches/{Uri.EscapeDataString(id)}";

    private void Search() => Show(_text.Trim(), _query.Trim(), Kind ?? "");

    private void Show(string text, string query, string kind) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = text.Length > 0 ? text : null,
            ["query"] = query.Length > 0 ? query : null,
            ["kind"] = kind.Length > 0 ? kind : null,
        }));
}
