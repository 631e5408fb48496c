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

    protected override string Filters => $"{Kind}\n{Text}";

    protected override void OnFiltersChanged() => (_kind, _text) = (Kind ?? "", Text ?? "");

    /// <summary>The page of what an event is about; null when there is none.</summary>
    private static string? PathOf(LiveEvent happened) => happened.Kind switch
    {
        "match" => $"matches/{Uri.EscapeDataString(happened.Subject)}",
        "session" => $"sessions?q={happened.Subject}",
        _ => null,
    };

    private void Search() => Filter(("kind", _kind), ("q", _text?.Trim()));
}
