using Google.Protobuf;
using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Matches;

/// <summary>One match, as it runs: its state, players, timing and traffic, and what an operator may do to it.</summary>
public sealed partial class MatchPage
{
    private string _signal = "";
    private string? _answer;
    private bool _busy;

    [Parameter]
    public string Id { get; set; } = "";

    protected override AclResources Needs => AclResources.Match;

    protected override string Method => "InspectMatch";

    private bool IsGone => ErrorCode == NodeException.NotFound;

    protected override IMessage Request() => new InspectMatchRequest { MatchId = Id };

    private async Task SignalAsync()
    {
        if (_busy) return;
        (_busy, _answer) = (true, null);
        await DoAsync("The match has answered", async () => _answer = (await Client.SignalAsync(Id, _signal, Closed)).Data);
        _busy = false;
    }

    private async Task KickAsync(LivePresence presence)
    {
        if (await Dialogs.ConfirmAsync("Kick from match", $"{presence.Username} will be removed from this match.", "Kick"))
            await DoAsync("Removed from the match", () => Client.KickAsync(Id, presence.SessionId, Closed));
    }

    private async Task EndAsync()
    {
        var message = Answer!.Match.Authoritative
            ? "The match stops at once and its state is lost. The players stay connected."
            : "All players are removed from the match. They stay connected.";
        if (await Dialogs.ConfirmAsync("End match", message, "End match")) await DoAsync("The match has ended", () => Client.EndMatchAsync(Id, Closed));
    }
}
