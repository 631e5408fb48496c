using Nakama.Console.Shared;
using Radzen;

namespace Nakama.Console.Accounts;

/// <summary>Changes a wallet as JSON.</summary>
public sealed partial class WalletEdit(AccountsClient accounts, DialogService dialogs) : AccountForm(accounts, dialogs)
{
    private string _wallet = "";

    protected override void OnInitialized() => _wallet = JsonText.Pretty(Account.Wallet);

    private Task SaveAsync() => SaveAsync(JsonText.ObjectFault(_wallet), new AccountEdit { Wallet = _wallet });
}
