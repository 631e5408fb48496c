using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using User = Nakama.Protocol.Api.User;

namespace Nakama.Console.Accounts;

/// <summary>All players, searched and paged by the node. The search is part of the URL, so that it can be shared.</summary>
public sealed partial class PlayersPage(
    AccountsClient accounts, Operator signedIn, NavigationManager navigation, IDialogService dialogs, ISnackbar toasts) : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationTokenSource _closed = new();
    private readonly Stack<string> _cursors = new([""]);
    private AccountList? _page;
    private string _text = "";
    private string? _fault;
    private string? _shown;
    private bool _busy;
    private bool _denied;
    private bool _mayDelete;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "tombstones")]
    public bool Tombstones { get; set; }

    private string Filter => Query ?? "";

    private string EmptyText => (Tombstones, Filter.Length > 0) switch
    {
        (true, _) => "No deletion on request has been recorded for this.",
        (_, true) => $"Nobody is found by “{Filter}”.",
        _ => "There are no players yet.",
    };

    private string Range
    {
        get
        {
            var first = (_cursors.Count - 1) * PageSize + 1;
            var last = first + _page!.Users.Count - 1;
            // The node's total is an estimate for all players; a search returns all of its results at once.
            var total = Filter.Length > 0 || Tombstones ? last : Math.Max(_page.TotalCount, last);
            return $"{Figures.Count(first)} to {Figures.Count(last)} of {Figures.Count(total)}";
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _denied = !await signedIn.MayAsync(AclResources.Account, Right.Read);
        _mayDelete = await signedIn.MayAsync(AclResources.Account, Right.Delete);
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = $"{Tombstones}:{Filter}";
        if (_denied || !RendererInfo.IsInteractive || _shown == wanted) return;
        _shown = wanted;
        _text = Filter;
        await FirstAsync();
    }

    private void Open(User row)
    {
        // A deleted player has no page.
        if (!Tombstones) navigation.NavigateTo($"/players/{row.Id}");
    }

    private void SearchAsync() => Show(_text.Trim(), Tombstones);

    private void ToggleTombstones(bool isOn) => Show(Filter, isOn);

    private void ClearAsync() => Show("", false);

    private void KeyDownAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") Show("", Tombstones);
    }

    private void Show(string filter, bool tombstones) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = filter.Length > 0 ? filter : null,
            ["tombstones"] = tombstones ? true : null,
        }));

    private Task FirstAsync()
    {
        _cursors.Clear();
        _cursors.Push("");
        return LoadAsync();
    }

    private Task PreviousAsync()
    {
        _cursors.Pop();
        return LoadAsync();
    }

    private Task NextAsync()
    {
        _cursors.Push(_page!.NextCursor!);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = _shown;
        _busy = true;
        _fault = null;
        try
        {
            var page = await accounts.ListAsync(Filter, Tombstones, _cursors.Peek(), _closed.Token);
            if (asked == _shown) _page = page;
        }
        catch (NodeException error)
        {
            _fault = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        _busy = false;
    }

    private async Task DeleteAsync(User row)
    {
        if (!await AccountDialogs.ConfirmDeleteAsync(dialogs, row.Username, false)) return;
        try
        {
            await accounts.DeleteAsync(row.Id, false, _closed.Token);
            toasts.Add($"Deleted {row.Username}", Severity.Success);
        }
        catch (NodeException error)
        {
            toasts.Add($"Not deleted: {error.Message}", Severity.Error);
        }

        await LoadAsync();
    }
}
