using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Nodes;

namespace Nakama.Console.Tables;

/// <summary>Counts the rows of a bulk action, asks, and applies it to one after the other until it is stopped.</summary>
public sealed partial class BulkDialog<TRow> : IAsyncDisposable
{
    /// <summary>The number of rows that one action takes.</summary>
    internal const int MaxRows = 10_000;

    private readonly CancellationTokenSource _stop = new();
    private List<TRow>? _rows;
    private string _word = "";
    private string? _error;
    private int _counted;
    private int _done;
    private int _failed;
    private bool _isCountFailed;
    private bool _isCut;
    private bool _isRunning;

    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public BulkAction<TRow> Action { get; set; } = null!;

    /// <summary>The rows, page by page.</summary>
    [Parameter, EditorRequired]
    public Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<TRow>>> Rows { get; set; } = null!;

    private bool Matches => _word == "delete";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        List<TRow> rows = [];
        try
        {
            await foreach (var page in Rows(_stop.Token))
            {
                rows.AddRange(page.Where(Action.Applies));
                _counted = rows.Count;
                StateHasChanged();
                if (_isCut = rows.Count > MaxRows) break;
            }
        }
        catch (OperationCanceledException)
        {
            Dialog.Cancel();
            return;
        }
        catch (NodeException error)
        {
            (_error, _isCountFailed) = (error.Message, true);
            return;
        }

        _rows = _isCut ? rows[..MaxRows] : rows;
    }

    private Task StopAsync() => _stop.CancelAsync();

    private void Close() => Dialog.Close(DialogResult.Ok(true));

    private async Task RunAsync()
    {
        if (!Matches || _isRunning) return;
        _isRunning = true;
        foreach (var row in _rows!)
        {
            try
            {
                await Action.RunAsync(row, _stop.Token);
                _done++;
            }
            catch (NodeException error)
            {
                _failed++;
                _error = error.Message;
                // All the others would fail alike.
                if (error.Code is NodeException.Unauthenticated or NodeException.Unavailable) break;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            StateHasChanged();
        }

        _isRunning = false;
    }
}
