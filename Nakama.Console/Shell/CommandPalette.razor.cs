using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Live;
using Nakama.Console.Nodes;
using Nakama.Console.Search;
using Nakama.Protocol.Live;

namespace Nakama.Console.Shell;

/// <summary>Keyboard access to pages, commands, and what the node's full-text search finds.</summary>
public sealed partial class CommandPalette(
    IJSRuntime browser, NavigationManager navigation, Operator signedIn, LiveClient live, TimeProvider time) : IAsyncDisposable
{
    private const int MostHits = 12;
    private const int LeastTyped = 2;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FillingPause = TimeSpan.FromSeconds(1);

    private static readonly IReadOnlyList<PaletteCommand> Actions =
    [
        new("Dark or light", "Commands", Icons.Material.Outlined.Contrast, null, "toggle-theme"),
        new("Fold the navigation", "Commands", Icons.Material.Outlined.MenuOpen, null, "toggle-side"),
        new("Sign out", "Commands", Icons.Material.Outlined.Logout, null, "logout"),
    ];

    private DotNetObjectReference<CommandPalette>? _self;
    private CancellationTokenSource _typing = new();
    private IReadOnlyList<PaletteCommand> _commands = [];
    private IReadOnlyList<PaletteCommand> _matches = [];
    private SearchAnswer? _answer;
    private ConsoleToken? _token;
    private string _text = "";
    private int _chosen;
    private bool _isOpening;
    private bool _isSearching;
    private bool _runsFirstFound;

    private string StateText => (_isSearching, _answer, _matches.Count) switch
    {
        (true, _, _) => "Searching",
        (_, { Hits.Count: 0 } answer, _) => $"Nothing found. {SearchKind.Describe(answer)}",
        (_, { } answer, _) => SearchKind.Describe(answer),
        (_, _, 0) => "Nothing found",
        _ => "",
    };

    /// <summary>Called by the browser when it has opened the palette, with the text typed so far.</summary>
    [JSInvokable]
    public async Task OpenAsync(string text)
    {
        (_text, _isOpening, _runsFirstFound) = (text, true, false);
        try
        {
            _token = await signedIn.FindAsync();
        }
        finally
        {
            _isOpening = false;
        }

        // What was typed meanwhile counts, and so does Enter.
        await TypeAsync(_text, _runsFirstFound);
    }

    public async ValueTask DisposeAsync()
    {
        await _typing.CancelAsync();
        _typing.Dispose();
        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _self = DotNetObjectReference.Create(this);
        await browser.InvokeVoidAsync("consoleShell.registerPalette", _self);
    }

    private void Match()
    {
        (_chosen, _isSearching, _runsFirstFound, _answer) = (0, false, false, null);
        _matches = _commands =
        [
            .. ConsolePage.All
                .Where(page => page.IsOpenTo(_token))
                .Select(page => new PaletteCommand(page.Title, "Pages", page.Icon, page.Path, null))
                .Concat(Actions)
                .Where(command => command.Title.Contains(_text, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private Task TypeAsync(ChangeEventArgs change) => TypeAsync(change.Value?.ToString() ?? "", runsFirstFound: false);

    private async Task TypeAsync(string text, bool runsFirstFound)
    {
        _text = text.Trim();
        if (_isOpening) return;
        Match();
        if (runsFirstFound && _matches.Count > 0)
        {
            await RunAsync(_matches[0]);
            return;
        }

        (_runsFirstFound, _isSearching) = (runsFirstFound, _text.Length >= LeastTyped && SearchKind.IsAnyOpenTo(_token));
        var cancellationToken = CancelEarlierSearch();
        // What was typed before the page became interactive comes from the browser, which renders nothing.
        StateHasChanged();
        if (_isSearching) await SearchAsync(_text, cancellationToken);
    }

    /// <summary>Returns the token of the next search. Waits for nothing, because an Enter could be handled meanwhile.</summary>
    private CancellationToken CancelEarlierSearch()
    {
        var earlier = _typing;
        _typing = new CancellationTokenSource();
        earlier.Cancel();
        earlier.Dispose();
        return _typing.Token;
    }

    /// <summary>Shows what the node finds, and more while its index is being filled, until something else is typed.</summary>
    private async Task SearchAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TypingPause, time, cancellationToken);
            while (true)
            {
                var answer = await live.SearchAsync(text, "", MostHits, "", cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();
                await ShowAsync(text, answer);
                if (!answer.IsFilling || answer.IsFull) return;
                await Task.Delay(FillingPause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Superseded by the search for the next input.
        }
        catch (NodeException)
        {
            // The node is unreachable: pages and commands are still offered, and the page of the search can be tried again.
            _isSearching = false;
            StateHasChanged();
            if (_runsFirstFound) await RunAsync(AllResults(text));
        }
    }

    private async Task ShowAsync(string text, SearchAnswer answer)
    {
        (_isSearching, _answer) = (false, answer);
        _matches =
        [
            .. _commands,
            .. answer.Hits.Select(static hit => (Hit: hit, Kind: SearchKind.Find(hit.Kind))).Where(static found => found.Kind is not null)
                .OrderBy(static found => SearchKind.All.TakeWhile(kind => kind != found.Kind).Count())
                .Select(static found => new PaletteCommand(found.Hit.Title, found.Kind!.Title, found.Kind.Icon, found.Kind.PathOf(found.Hit), null)
                {
                    Note = found.Hit.Subtitle,
                    Highlight = found.Hit.Highlight,
                }),
            AllResults(text),
        ];
        StateHasChanged();
        if (_runsFirstFound) await RunAsync(_matches[0]);
    }

    private static PaletteCommand AllResults(string text) =>
        new($"All results for “{text}”", "Search", Icons.Material.Outlined.ManageSearch, $"search?q={Uri.EscapeDataString(text)}", null);

    private async Task KeyDownAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _matches.Count > 0:
                await ChooseAsync((_chosen + 1) % _matches.Count);
                break;
            case "ArrowUp" when _matches.Count > 0:
                await ChooseAsync((_chosen + _matches.Count - 1) % _matches.Count);
                break;
            case "Enter" when _isOpening:
                _runsFirstFound = true;
                break;
            case "Enter" when _chosen < _matches.Count:
                await RunAsync(_matches[_chosen]);
                break;
            case "Enter" when _isSearching:
                _runsFirstFound = true;
                break;
        }
    }

    private async Task ChooseAsync(int index)
    {
        _chosen = index;
        await browser.InvokeVoidAsync("consoleShell.scrollIntoView", $"palette-{index}");
    }

    private async Task RunAsync(PaletteCommand command)
    {
        CancelEarlierSearch();
        await browser.InvokeVoidAsync("consoleShell.run", "close-palette");
        if (command.Path is { } path) navigation.NavigateTo(path);
        else await browser.InvokeVoidAsync("consoleShell.run", command.Action);
    }
}
