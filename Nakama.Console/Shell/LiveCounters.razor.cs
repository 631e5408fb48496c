using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;

namespace Nakama.Console.Shell;

/// <summary>The current numbers of sessions, presences, parties and matches of all nodes.</summary>
public sealed partial class LiveCounters(LiveFeed feed, NavigationManager navigation)
{
    private FeedState State => feed.State;

    private string Hint => State switch
    {
        FeedState.Live => "Live",
        FeedState.Away => feed.Error ?? "The node is away",
        _ => "Connecting",
    };

    private IEnumerable<(string Name, string Icon, long? Value)> Values
    {
        get
        {
            // Every node knows the presences of all nodes, so the maximum counts and not the sum.
            var nodes = feed.State == FeedState.Live ? feed.Latest?.Nodes.Where(node => node.IsReachable).ToArray() : null;
            yield return ("Sessions", Icons.Material.Outlined.Sensors, nodes?.Sum(node => node.Sessions));
            yield return ("Presences", Icons.Material.Outlined.PersonPinCircle, nodes?.Max(node => (long?)node.Presences));
            yield return ("Parties", Icons.Material.Outlined.Celebration, nodes?.Sum(node => node.Parties));
            yield return ("Matches", Icons.Material.Outlined.SportsEsports, nodes?.Sum(node => node.Matches));
        }
    }

    public void Dispose() => feed.Changed -= Show;

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        feed.Changed += Show;
        feed.Start();
    }

    private void Show() => _ = InvokeAsync(() =>
    {
        if (feed.State == FeedState.SignedOut) SignIn.Expire(navigation);
        StateHasChanged();
    });
}
