using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Events;

/// <summary>The newest events of all nodes, the newest on top.</summary>
public sealed partial class EventsPage
{
    private static readonly string[] Kinds = ["session", "game", "match", "node", "module", "job", "operator"];

    private string _kind = "";
    private string _text = "";

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    protected override AclResources Needs => AclResources.Configuration;

    protected override string Method => "ListLiveEvents";

    protected override IMessage Request() => new ListLiveEventsRequest { Kind = Kind ?? "", Text = Text ?? "" };

    protected override Task OnParametersSetAsync()
    {
        (_kind, _text) = (Kind ?? "", Text ?? "");
        return base.OnParametersSetAsync();
    }

    /// <summary>The page of what an event is about; null when there is none.</summary>
    private static string? PathOf(LiveEvent happened) => happened.Kind switch
    {
        "match" => $"/matches/{Uri.EscapeDataString(happened.Subject)}",
        "session" => $"/sessions?q={happened.Subject}",
        _ => null,
    };

    private void Search() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["kind"] = _kind.Length > 0 ? _kind : null,
        ["q"] = string.IsNullOrWhiteSpace(_text) ? null : _text.Trim(),
    }));
}
