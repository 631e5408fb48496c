using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Accounts;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Shell;

/// <summary>Keyboard access to pages, commands, and players by any of their names.</summary>
public sealed partial class CommandPalette(
    IJSRuntime browser, NavigationManager navigation, Operator signedIn, AccountsClient accounts, TimeProvider time) : IAsyncDisposable
{
    private const int MostPlayers = 6;
    private const int LeastTyped = 3;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private static readonly IReadOnlyList<PaletteCommand> Actions =
    [
        new("Dark or light", "Command", Icons.Material.Outlined.Contrast, null, "toggle-theme"),
        new("Fold the navigation", "Command", Icons.Material.Outlined.MenuOpen, null, "toggle-side"),
        new("Sign out", "Command", Icons.Material.Outlined.Logout, null, "logout"),
    ];

    private DotNetObjectReference<CommandPalette>? _self;
    private CancellationTokenSource _typing = new();
    private IReadOnlyList<PaletteCommand> _matches = [];
    private ConsoleToken? _token;
    private string _text = "";
    private int _chosen;
    private bool _isSearching;
    private bool _runsFirstFound;

    /// <summary>Called by the browser when it has opened the palette, with the text typed so far.</summary>
    [JSInvokable]
    public async Task OpenAsync(string text)
    {
        _token = await signedIn.FindAsync();
        await TypeAsync(new ChangeEventArgs { Value = text });
        StateHasChanged();
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
        (_chosen, _isSearching, _runsFirstFound) = (0, false, false);
        _matches =
        [
            .. ConsolePage.All
                .Where(page => page.IsOpenTo(_token))
                .Select(page => new PaletteCommand(page.Title, "Page", page.Icon, page.Path, null))
                .Concat(Actions)
                .Where(command => command.Title.Contains(_text, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    private async Task TypeAsync(ChangeEventArgs change)
    {
        _text = change.Value?.ToString()?.Trim() ?? "";
        Match();
        await _typing.CancelAsync();
        _typing.Dispose();
        _typing = new CancellationTokenSource();
        if (_text.Length < LeastTyped || _token?.Permits(AclResources.Account, Right.Read) != true) return;
        _isSearching = true;
        await FindPlayersAsync(_text, _typing.Token);
    }

    private async Task FindPlayersAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TypingPause, time, cancellationToken);
            // The pattern finds parts of usernames; the plain text finds ids, emails and devices.
            var exact = await accounts.ListAsync(text, false, "", cancellationToken);
            var similar = text.Contains('%', StringComparison.Ordinal) ? exact : await accounts.ListAsync($"%{text}%", false, "", cancellationToken);
            _matches =
            [
                .. _matches,
                .. exact.Users.Concat(similar.Users).DistinctBy(user => user.Id).Take(MostPlayers)
                    .Select(user => new PaletteCommand(
                        user.Username, user.DisplayName.Length > 0 ? user.DisplayName : "Player", Icons.Material.Outlined.Person, $"players/{user.Id}", null)),
            ];
            _isSearching = false;
            if (_runsFirstFound && _matches.Count > 0) await RunAsync(_matches[0]);
        }
        catch (OperationCanceledException)
        {
            // Superseded by the search for the next input.
        }
        catch (NodeException)
        {
            // The node is unreachable: pages and commands are still offered.
            _isSearching = false;
        }
    }

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
        await browser.InvokeVoidAsync("consoleShell.run", "close-palette");
        if (command.Path is { } path) navigation.NavigateTo(path);
        else await browser.InvokeVoidAsync("consoleShell.run", command.Action);
    }
}
