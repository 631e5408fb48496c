using System.Text;
using System.Text.RegularExpressions;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>Changes an account's email, password and custom id.</summary>
public sealed partial class SignInEdit(AccountsClient accounts) : AccountForm(accounts)
{
    private string _email = "";
    private string _password = "";
    private string _customId = "";

    protected override bool IsChanged => _email != Account.Email || _customId != Account.CustomId || _password.Length > 0;

    protected override void OnInitialized() => (_email, _customId) = (Account.Email, Account.CustomId);

    protected override string TextOf(Account account) => $"Email: {account.Email}\nCustom id: {account.CustomId}";

    [GeneratedRegex(@"^.+@.+\..+$")]
    private static partial Regex EmailForm { get; }

    private string? Refusal() =>
        _email.Length > 0 && !EmailForm.IsMatch(_email) ? "The email has no valid form."
        : _email.Length is > 0 and < 10 ? "The email must have at least 10 characters."
        : _password.Length > 0 && Encoding.UTF8.GetByteCount(_password) < 8 ? "The password must have at least 8 characters."
        : _password.Length > 0 && _email.Length == 0 ? "A password needs an email."
        : _customId.Length is > 0 and < 6 ? "The custom id must have at least 6 characters."
        : null;

    private Task SaveAsync() => SaveAsync(Refusal(), new UpdateAccountRequest
    {
        Email = _email == Account.Email ? null : _email,
        Password = _password.Length == 0 ? null : _password,
        CustomId = _customId == Account.CustomId ? null : _customId,
    });
}
