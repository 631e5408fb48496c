using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Shared;

/// <summary>What the pages of operators and their parts share: rights, actions on the node with their results shown, filters in the URL.</summary>
public abstract class OperatorPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ConsoleToken? _token;

    protected OperatorPage() => Closed = _closed.Token;

    [Inject]
    protected Operator SignedIn { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    protected ISnackbar Toasts { get; set; } = null!;

    [Inject]
    protected IDialogService Dialogs { get; set; } = null!;

    /// <summary>Cancelled when the page is closed; a dialog that the page has opened may end after that.</summary>
    protected CancellationToken Closed { get; }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync() => _token = await SignedIn.FindAsync();

    /// <summary>Whether the operator has a right; false until the page is initialized.</summary>
    protected bool May(AclResources resource, Right right) => _token?.Permits(resource, right) == true;

    /// <summary>Runs an action on the node and shows its result.</summary>
    /// <param name="done">What is shown when it has succeeded.</param>
    /// <param name="action">Calls the node.</param>
    /// <returns>Whether it has succeeded.</returns>
    protected async Task<bool> DoAsync(string done, Func<Task> action)
    {
        try
        {
            await action();
            Toasts.Add(done, Severity.Success);
            return true;
        }
        catch (NodeException error)
        {
            Toasts.Add($"The node refused: {error.Message}", Severity.Error);
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        return false;
    }

    /// <summary>Changes filters in the URL; an empty value removes one.</summary>
    protected void Filter(params (string Name, object? Value)[] filters) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
            filters.ToDictionary(filter => filter.Name, filter => filter.Value is "" or false ? null : filter.Value)));
}
