using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Nakama.Console.Access;
using Nakama.Console.Accounts;
using Nakama.Console.Nodes;

namespace Nakama.Console.Shell;

/// <summary>Everything by keyboard: pages, commands, and players by any of their names.</summary>
public sealed partial class CommandPalette(
    IJSRuntime browser, NavigationManager navigation, Operator signedIn, AccountsClient accounts, TimeProvider time) : IAsyncDisposable
{
    private const int MostPlayers = 6;
    private const int LeastTyped = 3;
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(200);

    private static readonly IReadOnlyList<PaletteCommand> Actions =
    [
        new("Dark or light", "Command", "contrast", null, "toggle-theme"),
        new("Fold the navigation", "Command", "left_panel_close", null, "toggle-side"),
        new("Logout", "Command", "logout", SignIn.EndPath, null),
    ];

    private DotNetObjectReference<CommandPalette>? _self;
    private ElementReference _input;
    private CancellationTokenSource _typing = new();
    private IReadOnlyList<PaletteCommand> _matches = [];
    private ConsoleToken? _token;
    private string _text = "";
    private int _chosen;
    private bool _isOpen;
    private bool _mustFocus;

    [JSInvokable]
    public async Task Open()
    {
        _token = await signedIn.FindAsync();
        (_isOpen, _mustFocus, _text) = (true, true, "");
        Match();
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
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            await browser.InvokeVoidAsync("consoleShell.registerPalette", _self);
        }

        if (!_mustFocus) return;
        _mustFocus = false;
        await browser.InvokeVoidAsync("consoleShell.focus", _input);
    }

    private void Close() => _isOpen = false;

    private void Match()
    {
        _chosen = 0;
        _matches =
        [
            .. ConsolePage.All
                .Where(page => page.Needs is not { } needs || _token?.Permits(needs, Right.Read) == true)
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
        if (_text.Length < LeastTyped || _token?.Permits(Resource.Account, Right.Read) != true) return;
        await FindPlayersAsync(_text, _typing.Token);
    }

    private async Task FindPlayersAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(TypingPause, time, cancellationToken);
            // The pattern finds parts of usernames; the bare text finds ids, emails and devices.
            var exact = await accounts.ListAsync(text, false, "", cancellationToken);
            var similar = text.Contains('%', StringComparison.Ordinal) ? exact : await accounts.ListAsync($"%{text}%", false, "", cancellationToken);
            _matches =
            [
                .. _matches,
                .. exact.Users.Concat(similar.Users).DistinctBy(user => user.Id).Take(MostPlayers)
                    .Select(user => new PaletteCommand(user.Username, user.DisplayName ?? "Player", "person", $"/players/{user.Id}", null)),
            ];
        }
        catch (Exception fault) when (fault is OperationCanceledException or NodeError)
        {
            // Typed on, or the node is away: pages and commands are still offered.
        }
    }

    private async Task KeyDownAsync(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "Escape":
                Close();
                break;
            case "ArrowDown" when _matches.Count > 0:
                await ChooseAsync((_chosen + 1) % _matches.Count);
                break;
            case "ArrowUp" when _matches.Count > 0:
                await ChooseAsync((_chosen + _matches.Count - 1) % _matches.Count);
                break;
            case "Enter" when _chosen < _matches.Count:
                await RunAsync(_matches[_chosen]);
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
        Close();
        if (command.Path is { } path) navigation.NavigateTo(path, forceLoad: path == SignIn.EndPath);
        else await browser.InvokeVoidAsync("consoleShell.run", command.Action);
    }
}
