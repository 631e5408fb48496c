using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;

namespace Nakama.Console.Tables;

/// <summary>
/// A list of the node, page by page: loading, empty and failed states, columns that the browser remembers, export of
/// everything the filters select, and actions on many rows.
/// </summary>
public sealed partial class PagedTable<TRow>(IJSRuntime browser)
{
    private const int WholePageSize = 50;

    private readonly List<TableColumn<TRow>> _columns = [];
    private readonly HashSet<string> _hidden = [];
    private readonly HashSet<TRow> _open = [];
    private readonly Stack<(string Cursor, int First)> _starts = new([("", 1)]);
    private CancellationTokenSource? _export;
    private HashSet<TRow>? _selected;
    private IReadOnlyList<TRow>? _all;
    private TablePage<TRow>? _page;
    private string? _error;
    private string? _shownKey;
    private int? _exported;
    private int _loads;
    private bool _isBusy;

    /// <summary>The id of the table, unique on the page; also the name of exported files and of the remembered columns.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = null!;

    /// <summary>Loads the page that starts at a cursor; the first one has an empty cursor. Null where <see cref="LoadAll"/> is given.</summary>
    [Parameter]
    public Func<string, CancellationToken, Task<TablePage<TRow>>>? Load { get; set; }

    /// <summary>Loads a list that the node returns whole; it is kept while its pages are turned.</summary>
    [Parameter]
    public Func<CancellationToken, Task<IReadOnlyList<TRow>>>? LoadAll { get; set; }

    /// <summary>Which rows of a whole list are shown.</summary>
    [Parameter]
    public Func<TRow, bool> Matches { get; set; } = static _ => true;

    /// <summary>What the filters select, as text; a change loads the first page.</summary>
    [Parameter]
    public string Key { get; set; } = "all";

    [Parameter]
    public RenderFragment? Filters { get; set; }

    [Parameter]
    public RenderFragment<TRow>? RowTools { get; set; }

    /// <summary>What a row shows when it is opened.</summary>
    [Parameter]
    public RenderFragment<TRow>? Details { get; set; }

    /// <summary>Called when a row is clicked.</summary>
    [Parameter]
    public EventCallback<TRow> OnOpen { get; set; }

    [Parameter]
    public string EmptyText { get; set; } = "There is nothing here yet.";

    [Parameter]
    public string EmptyIcon { get; set; } = Icons.Material.Outlined.Inbox;

    /// <summary>Clears the filters; offered when they select nothing.</summary>
    [Parameter]
    public EventCallback OnClear { get; set; }

    /// <summary>The action that can be applied to many rows; null when there is none.</summary>
    [Parameter]
    public BulkAction<TRow>? Bulk { get; set; }

    private IEnumerable<TableColumn<TRow>> Shown => _columns.Where(column => !_hidden.Contains(column.Title));

    private bool IsClickable => OnOpen.HasDelegate || Details is not null;

    private string Range
    {
        get
        {
            var first = _starts.Peek().First;
            var last = first + _page!.Rows.Count - 1;
            var total = _page.Total is { } known ? Math.Max(known, last) : _page.NextCursor.Length == 0 ? last : (long?)null;
            var range = $"{Figures.Count(first)} to {Figures.Count(last)}";
            return total is { } all ? $"{range} of {Figures.Count(all)}" : range;
        }
    }

    private string ColumnsKey => $"columns-{Id}";

    /// <summary>Loads the page that is shown again.</summary>
    public Task ReloadAsync() => ShowAsync(isFresh: true);

    internal void Add(TableColumn<TRow> column) => _columns.Add(column);

    internal void Remove(TableColumn<TRow> column) => _columns.Remove(column);

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shownKey == Key) return;
        _shownKey = Key;
        await FirstAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var hidden = await browser.InvokeAsync<string?>("consoleShell.recall", ColumnsKey);
        if (string.IsNullOrEmpty(hidden)) return;
        _hidden.UnionWith(hidden.Split('\n'));
        StateHasChanged();
    }

    private Task FirstAsync()
    {
        _starts.Clear();
        _starts.Push(("", 1));
        return ReloadAsync();
    }

    // While a page is on its way, a second click of a double click must not turn once more.
    private Task PreviousAsync()
    {
        if (_isBusy || _starts.Count == 1) return Task.CompletedTask;
        _starts.Pop();
        return ShowAsync(isFresh: false);
    }

    private Task NextAsync()
    {
        if (_isBusy || _page is not { NextCursor.Length: > 0 } page) return Task.CompletedTask;
        _starts.Push((page.NextCursor, _starts.Peek().First + page.Rows.Count));
        return ShowAsync(isFresh: false);
    }

    /// <summary>Shows the page whose turn it is. An answer that comes after a later load began is dropped.</summary>
    private async Task ShowAsync(bool isFresh)
    {
        if (Closed.IsCancellationRequested) return;
        var load = ++_loads;
        _isBusy = true;
        _error = null;
        StateHasChanged();
        try
        {
            var page = await LoadAsync(_starts.Peek().Cursor, isFresh, Closed);
            if (load != _loads) return;
            _page = page;
            _open.Clear();
            _selected?.Clear();
        }
        catch (NodeException error)
        {
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
            if (load != _loads) return;
            _error = error.Message;
        }
        catch (OperationCanceledException)
        {
            return;
        }

        _isBusy = false;
        StateHasChanged();
    }

    private async Task<TablePage<TRow>> LoadAsync(string cursor, bool isFresh, CancellationToken cancellationToken)
    {
        if (LoadAll is null) return await Load!(cursor, cancellationToken);
        if (isFresh || _all is null) _all = await LoadAll(cancellationToken);
        return TablePage.Of(_all, Matches, cursor, WholePageSize);
    }

    private Task ClickAsync(TRow row)
    {
        if (OnOpen.HasDelegate) return OnOpen.InvokeAsync(row);
        if (Details is not null) Expand(row);
        return Task.CompletedTask;
    }

    private void Expand(TRow row)
    {
        if (!_open.Remove(row)) _open.Add(row);
    }

    private async Task ToggleAsync(TableColumn<TRow> column)
    {
        if (!_hidden.Remove(column.Title)) _hidden.Add(column.Title);
        await browser.InvokeVoidAsync("consoleShell.keep", ColumnsKey, string.Join('\n', _hidden));
    }

    private void Select(bool isOn) => _selected = isOn ? [] : null;

    private void Flip(TRow row)
    {
        if (!_selected!.Remove(row)) _selected.Add(row);
    }

    private void SelectPage(ChangeEventArgs change)
    {
        if (change.Value is true) _selected!.UnionWith(_page!.Rows);
        else _selected!.Clear();
    }

    private Task RunSelectedAsync()
    {
        List<TRow> rows = [.. _selected!];
        return RunAsync(_ => OnePage(rows));
    }

    internal Task RunAllAsync() => RunAsync(PagesAsync);

    private async Task RunAsync(Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<TRow>>> rows)
    {
        var parameters = new DialogParameters { [nameof(BulkDialog<>.Action)] = Bulk, [nameof(BulkDialog<>.Rows)] = rows };
        var dialog = await Dialogs.ShowAsync<BulkDialog<TRow>>(
            $"{Bulk!.Verb} {Bulk.Things}", parameters, new DialogOptions { BackdropClick = false, CloseOnEscapeKey = false });
        await dialog.Result;
        if (!Closed.IsCancellationRequested) await FirstAsync();
    }

    private static async IAsyncEnumerable<IReadOnlyList<TRow>> OnePage(IReadOnlyList<TRow> rows)
    {
        await Task.CompletedTask;
        yield return rows;
    }

    /// <summary>All pages of what the filters select, each loaded when the one before has been used.</summary>
    private async IAsyncEnumerable<IReadOnlyList<TRow>> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = "";
        do
        {
            var page = await LoadAsync(cursor, isFresh: cursor.Length == 0, cancellationToken);
            yield return page.Rows;
            cursor = page.NextCursor;
        }
        while (cursor.Length > 0);
    }

    internal async Task ExportAsync(bool isJson)
    {
        if (_exported is not null) return;
        using var export = CancellationTokenSource.CreateLinkedTokenSource(Closed);
        (_export, _exported) = (export, 0);
        var file = new TableExport<TRow>([.. Shown.Select(column => (column.Title, column.Text))], isJson);
        await using var download = new BrowserFile(browser, $"{Id}.{(isJson ? "json" : "csv")}", file.MediaType);
        try
        {
            await download.AppendAsync(file.Begin(), export.Token);
            await foreach (var rows in PagesAsync(export.Token))
            {
                await download.AppendAsync(file.Write(rows), export.Token);
                _exported += rows.Count;
                StateHasChanged();
            }

            await download.AppendAsync(file.End(), export.Token);
            await download.SaveAsync();
        }
        catch (NodeException error)
        {
            Toasts.Add($"Not exported: {error.Message}", Severity.Error);
        }
        catch (OperationCanceledException)
        {
            Toasts.Add("The export was stopped.", Severity.Info);
        }

        (_export, _exported) = (null, null);
    }

    private Task StopExportAsync() => _export?.CancelAsync() ?? Task.CompletedTask;
}
