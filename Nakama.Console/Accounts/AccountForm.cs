using Microsoft.AspNetCore.Components;
using Nakama.Console.Editing;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>The base of the side panels that change an account: the second of two operators is told of the first.</summary>
public abstract class AccountForm(AccountsClient accounts) : PanelForm
{
    /// <summary>The account as it was when the panel was opened.</summary>
    [Parameter, EditorRequired]
    public Account Account { get; set; } = new();

    /// <summary>The account as another operator or the player has changed it since; null when nobody has.</summary>
    protected Account? Theirs { get; private set; }

    /// <summary>What the panel can change of an account, as text.</summary>
    protected abstract string TextOf(Account account);

    protected Task SaveAsync(string? refusal, UpdateAccountRequest changes) => SaveAsync(refusal, async () =>
    {
        var known = Theirs ?? Account;
        var now = (await accounts.GetAsync(Account.User.Id, CancellationToken.None)).Account_;
        if (TextOf(now) != TextOf(known))
        {
            Theirs = now;
            throw new ChangedMeanwhileException();
        }

        await accounts.UpdateAsync(Account.User.Id, changes, CancellationToken.None);
    });
}
