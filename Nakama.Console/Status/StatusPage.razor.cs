using System.Globalization;
using MudBlazor;
using Nakama.Console.Nodes;

namespace Nakama.Console.Status;

/// <summary>The dashboard: the status of the nodes, updated once per second.</summary>
public sealed partial class StatusPage(LiveFeed feed)
{
    private string StateText => feed.State switch
    {
        FeedState.Live => "Live",
        FeedState.Away => "Node away, reconnecting",
        _ => "Connecting",
    };

    private IEnumerable<Card> Cards
    {
        get
        {
            // The figures of a node that is not reachable are old.
            var nodes = feed.Latest?.Nodes.Where(node => node.IsReachable).ToArray();
            yield return new("sessions", "Sessions", Icons.Material.Outlined.Sensors, Count(nodes?.Sum(node => node.Sessions)), "connected");
            yield return new("presences", "Presences", Icons.Material.Outlined.PersonPinCircle, Count(nodes?.Max(node => (long?)node.Presences)), "in all streams");
            yield return new("parties", "Parties", Icons.Material.Outlined.Celebration, Count(nodes?.Sum(node => node.Parties)), "open now");
            yield return new("matches", "Matches", Icons.Material.Outlined.SportsEsports, Count(nodes?.Sum(node => node.Matches)), "authoritative");
            yield return new("requests", "Requests", Icons.Material.Outlined.SwapVert, Rate(nodes?.Sum(node => node.RequestsPerSec)), "per second");
            yield return new("errors", "Errors", Icons.Material.Outlined.ErrorOutline, Rate(nodes?.Sum(node => node.ErrorsPerSec)), "per second");
        }
    }

    public void Dispose() => feed.Changed -= Show;

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        feed.Changed += Show;
        feed.Start();
    }

    private static string Count(long? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";

    private static string Rate(double? value) => value?.ToString(value >= 100 ? "N0" : "N1", CultureInfo.InvariantCulture) ?? "–";

    private void Show() => _ = InvokeAsync(StateHasChanged);

    private sealed record Card(string Id, string Title, string Icon, string Value, string Note);
}
