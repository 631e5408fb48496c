using Nakama.Console.Shared;
using Nakama.Protocol.Console;

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

    protected override void OnInitialized()
    {
        var user = Account.User;
        (_username, _displayName, _location) = (user.Username, user.DisplayName, user.Location);
        (_timezone, _langTag, _avatarUrl) = (user.Timezone, user.LangTag, user.AvatarUrl);
        _metadata = JsonText.Pretty(user.Metadata);
    }

    private static string? Changed(string now, string before) => now == before ? null : now;

    private string? Refusal() =>
        string.IsNullOrWhiteSpace(_username) ? "The username must not be empty."
        : _username.Any(char.IsControl) ? "The username must not contain control characters."
        : string.IsNullOrWhiteSpace(_langTag) ? "The language must not be empty."
        : JsonText.ObjectFault(_metadata) is { } fault ? $"Metadata: {fault}"
        : null;

    private Task SaveAsync()
    {
        var user = Account.User;
        return SaveAsync(Refusal(), new UpdateAccountRequest
        {
            Username = Changed(_username, user.Username),
            DisplayName = Changed(_displayName, user.DisplayName),
            Location = Changed(_location, user.Location),
            Timezone = Changed(_timezone, user.Timezone),
            LangTag = Changed(_langTag, user.LangTag),
            AvatarUrl = Changed(_avatarUrl, user.AvatarUrl),
            Metadata = Changed(_metadata, JsonText.Pretty(user.Metadata)),
        });
    }
}
