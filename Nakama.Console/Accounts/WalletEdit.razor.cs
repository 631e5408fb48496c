using Nakama.Console.Shared;
using Nakama.Protocol.Console;

namespace Nakama.Console.Accounts;

/// <summary>Changes a wallet as JSON.</summary>
public sealed partial class WalletEdit(AccountsClient accounts) : AccountForm(accounts)
{
    private string _wallet = "";

    protected override bool IsChanged => _wallet != JsonText.Pretty(Account.Wallet);

    protected override void OnInitialized() => _wallet = JsonText.Pretty(Account.Wallet);

    private Task SaveAsync() => SaveAsync(JsonText.ObjectFault(_wallet), new UpdateAccountRequest { Wallet = _wallet });
}
