using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>Changes a wallet as JSON.</summary>
public sealed partial class WalletEdit(AccountsClient accounts) : AccountForm(accounts)
{
    private string _wallet = "";

    protected override bool IsChanged => _wallet != JsonText.Pretty(Account.Wallet);

    protected override void OnInitialized() => _wallet = JsonText.Pretty(Account.Wallet);

    protected override string TextOf(Account account) => JsonText.Pretty(account.Wallet);

    private Task SaveAsync() => SaveAsync(JsonText.ObjectError(_wallet), new UpdateAccountRequest { Wallet = _wallet });
}
