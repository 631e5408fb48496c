using Microsoft.AspNetCore.Components;
using Nakama.Console.Nodes;
using Radzen;

namespace Nakama.Console.Accounts;

/// <summary>What the side panels that change an account share: save once, show the node's refusal, close when it is done.</summary>
public abstract class AccountForm(AccountsClient accounts, DialogService dialogs) : ComponentBase
{
    [Parameter, EditorRequired]
    public AccountBody Account { get; set; } = new();

    /// <summary>Why it was not saved; null when there is nothing to say.</summary>
    protected string? Fault { get; private set; }

    protected bool IsSaving { get; private set; }

    protected void Cancel() => dialogs.CloseSide(false);

    protected async Task SaveAsync(string? refusal, AccountEdit edit)
    {
        Fault = refusal;
        if (refusal is not null || IsSaving) return;
        IsSaving = true;
        try
        {
            await accounts.UpdateAsync(Account.User.Id, edit, CancellationToken.None);
            dialogs.CloseSide(true);
        }
        catch (NodeError error)
        {
            Fault = error.Message;
        }

        IsSaving = false;
    }
}
