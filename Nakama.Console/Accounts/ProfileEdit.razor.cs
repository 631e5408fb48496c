using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Account = Nakama.Protocol.Api.Account;

namespace Nakama.Console.Accounts;

/// <summary>Changes a profile. Only changed values are sent.</summary>
public sealed partial class ProfileEdit(AccountsClient accounts) : AccountForm(accounts)
{
    private string _username = "";
    private string _displayName = "";
    private string _location = "";
    private string _timezone = "";
    private string _langTag = "";
    private string _avatarUrl = "";
    private string _metadata = "";

    protected override bool IsChanged => Changes is not
    {
        Username: null, DisplayName: null, Location: null, Timezone: null, LangTag: null, AvatarUrl: null, Metadata: null,
    };

    private UpdateAccountRequest Changes => new()
    {
        Username = Changed(_username, Account.User.Username),
        DisplayName = Changed(_displayName, Account.User.DisplayName),
        Location = Changed(_location, Account.User.Location),
        Timezone = Changed(_timezone, Account.User.Timezone),
        LangTag = Changed(_langTag, Account.User.LangTag),
        AvatarUrl = Changed(_avatarUrl, Account.User.AvatarUrl),
        Metadata = Changed(_metadata, JsonText.Pretty(Account.User.Metadata)),
    };

    protected override void OnInitialized()
    {
        var user = Account.User;
        (_username, _displayName, _location) = (user.Username, user.DisplayName, user.Location);
        (_timezone, _langTag, _avatarUrl) = (user.Timezone, user.LangTag, user.AvatarUrl);
        _metadata = JsonText.Pretty(user.Metadata);
    }

    protected override string TextOf(Account account) => $"""
        Username: {account.User.Username}
        Display name: {account.User.DisplayName}
        Location: {account.User.Location}
        Timezone: {account.User.Timezone}
        Language: {account.User.LangTag}
        Avatar: {account.User.AvatarUrl}
        Metadata: {JsonText.Pretty(account.User.Metadata)}
        """;

    private static string? Changed(string now, string before) => now == before ? null : now;

    private string? Refusal() =>
        string.IsNullOrWhiteSpace(_username) ? "The username must not be empty."
        : _username.Any(char.IsControl) ? "The username must not contain control characters."
        : string.IsNullOrWhiteSpace(_langTag) ? "The language must not be empty."
        : JsonText.ObjectError(_metadata) is { } error ? $"Metadata: {error}"
        : null;

    private Task SaveAsync() => SaveAsync(Refusal(), Changes);
}
