using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>The base of the side panels that change an account.</summary>
public abstract class AccountForm(AccountsClient accounts) : PanelForm
{
    [Parameter, EditorRequired]
    public Account Account { get; set; } = new();

    protected Task SaveAsync(string? refusal, UpdateAccountRequest changes) =>
        SaveAsync(refusal, () => accounts.UpdateAsync(Account.User.Id, changes, CancellationToken.None));
}
