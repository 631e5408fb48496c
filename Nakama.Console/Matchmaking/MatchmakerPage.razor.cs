using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matchmaking;

/// <summary>The queue of the matchmaker, the oldest tickets first.</summary>
public sealed partial class MatchmakerPage
{
    private string _text = "";
    private string? _shown;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "ListMatchmakerTickets";

    protected override IMessage Request() => new ListMatchmakerTicketsRequest { Text = Text ?? "", Cursor = Cursors.Peek() };

    protected override Task OnParametersSetAsync()
    {
        if (Text != _shown)
        {
            (_shown, _text) = (Text, Text ?? "");
            Cursors.Clear();
            Cursors.Push("");
        }

        return base.OnParametersSetAsync();
    }

    private void Search() => Show(_text.Trim());

    private void Show(string text) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("q", text.Length > 0 ? text : null));
}
