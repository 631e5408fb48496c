using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Nakama.Console.Nodes;

namespace Nakama.Console.Status;

/// <summary>
/// Moving charts of the last five minutes. The page is drawn in the browser; from here goes one small message per
/// second, whatever the number of charts.
/// </summary>
public sealed partial class LiveCharts(LiveFeed feed, IJSRuntime browser) : IAsyncDisposable
{
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IJSObjectReference? _board;
    private DateTimeOffset _shownUntil;

    public async ValueTask DisposeAsync()
    {
        feed.Changed -= Show;
        try
        {
            if (_board is not null)
            {
                await _board.InvokeVoidAsync("stop");
                await _board.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its charts with it.
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _module = await browser.InvokeAsync<IJSObjectReference>("import", "./Status/LiveCharts.razor.js");
        var charts = ChartDefinition.All.Select(chart => new { unit = chart.Unit, floor = chart.Floor, faint = chart.FaintName });
        _board = await _module.InvokeAsync<IJSObjectReference>("start", _root, charts);
        feed.Changed += Show;
        feed.Start();
        await PushAsync();
        StateHasChanged();
    }

    private static object Shape(FeedSample sample) => new
    {
        t = sample.Time.ToUnixTimeMilliseconds(),
        n = sample.Nodes.Select(node => new object[] { node.Name, ChartDefinition.All.Select(chart => Values(chart, node)) }),
    };

    private static double?[] Values(ChartDefinition chart, NodeSample node) =>
        [Math.Round(chart.Main(node), 3), chart.Faint is null ? null : Math.Round(chart.Faint(node), 3)];

    private string Now(ChartDefinition chart)
    {
        if (feed.State != FeedState.Live || feed.Latest is not { Nodes.Count: > 0 } latest) return "–";
        var value = latest.Nodes.Average(chart.Main);
        return value.ToString(value >= 100 ? "N0" : value >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture);
    }

    private void Show() => _ = InvokeAsync(async () =>
    {
        try
        {
            await PushAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser left between two samples.
        }

        StateHasChanged();
    });

    private async Task PushAsync()
    {
        if (_board is null) return;
        var history = feed.History;
        // A node that was away sends its memory again: everything is then drawn anew.
        var restarted = history.Length > 0 && history[^1].Time < _shownUntil;
        var replace = restarted || _shownUntil == default;
        var fresh = history.Where(sample => replace || sample.Time > _shownUntil).Select(Shape).ToArray();
        if (fresh.Length == 0) return;
        _shownUntil = history[^1].Time;
        await _board.InvokeVoidAsync("push", fresh, replace);
    }
}
