using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>
/// The base of the side panels that change an account: saves once, shows the node's error, closes when it is done.
/// </summary>
public abstract class AccountForm(AccountsClient accounts) : ComponentBase
{
    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public Account Account { get; set; } = new();

    /// <summary>The error of the last attempt to save; null when there is none.</summary>
    protected string? Fault { get; private set; }

    protected bool IsSaving { get; private set; }

    protected void Cancel() => Dialog.Cancel();

    protected async Task SaveAsync(string? refusal, UpdateAccountRequest changes)
    {
        Fault = refusal;
        if (refusal is not null || IsSaving) return;
        IsSaving = true;
        try
        {
            await accounts.UpdateAsync(Account.User.Id, changes, CancellationToken.None);
            Dialog.Close(DialogResult.Ok(true));
        }
        catch (NodeException error)
        {
            Fault = error.Message;
        }

        IsSaving = false;
    }
}
