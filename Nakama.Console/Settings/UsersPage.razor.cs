using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Editing;
using Nakama.Console.Tables;
using Nakama.Protocol.Console;

namespace Nakama.Console.Settings;

/// <summary>The operators besides the configured administrator: invitations, rights, passwords, second factors.</summary>
public sealed partial class UsersPage
{
    private PagedTable<User>? _table;
    private (string Username, string Code)? _code;
    private string _self = "";

    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    private bool MayWrite => May(AclResources.User, Right.Write);

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _self = (await SignedIn.FindAsync())?.Username ?? "";
    }

    private static string MfaOf(User row) => (row.MfaEnabled, row.MfaRequired) switch
    {
        (true, _) => "on",
        (_, true) => "required, not set up yet",
        _ => "off",
    };

    private bool IsSelf(User row) => row.Username == _self;

    private bool MayChange(User row) => MayWrite && !IsSelf(row);

    private string LinkOf(string code) => Navigation.ToAbsoluteUri($"reset?token={Uri.EscapeDataString(code)}").ToString();

    private async Task<IReadOnlyList<User>> LoadAsync(CancellationToken cancellationToken) =>
        [.. (await Operators.ListAsync(cancellationToken)).Users.OrderBy(static user => user.Username, StringComparer.Ordinal)];

    private bool IsFound(User user) =>
        Query is null || user.Username.Contains(Query, StringComparison.OrdinalIgnoreCase) || user.Email.Contains(Query, StringComparison.OrdinalIgnoreCase);

    private async Task AddAsync()
    {
        if (await Dialogs.OpenAsync<UserAdd>("Invite user") is not AddUserResponse added) return;
        _code = (added.User.Username, added.Token);
        Toasts.Add("Invited", MudBlazor.Severity.Success);
        await _table!.ReloadAsync();
    }

    private async Task EditAsync(User row)
    {
        if (await Dialogs.OpenAsync<UserEdit>($"Rights of {row.Username}", (nameof(UserEdit.User), row)) is null) return;
        Toasts.Add("Saved", MudBlazor.Severity.Success);
        await _table!.ReloadAsync();
    }

    private async Task ResetPasswordAsync(User row)
    {
        if (!await Dialogs.ConfirmAsync("Reset password", $"{row.Username} can no longer sign in with the present password.", "Reset")) return;
        await DoAsync("The password is reset", async () => _code = (row.Username, (await Operators.ResetPasswordAsync(row.Username, Closed)).Code));
    }

    private async Task RequireMfaAsync(User row)
    {
        if (await DoAsync("Saved", () => Operators.RequireMfaAsync(row.Username, !row.MfaRequired, Closed))) await _table!.ReloadAsync();
    }

    private async Task ResetMfaAsync(User row)
    {
        if (!await Dialogs.ConfirmAsync("Reset second factor", $"{row.Username} signs in without a second factor until a new one is set up.", "Reset")) return;
        if (await DoAsync("The second factor is reset", () => Operators.ResetMfaAsync(row.Username, Closed))) await _table!.ReloadAsync();
    }

    private async Task DeleteAsync(User row)
    {
        if (!await Dialogs.ConfirmDeleteAsync("Delete user", $"{row.Username} can no longer sign in to the console.")) return;
        if (await DoAsync("Deleted", () => Operators.DeleteAsync(row.Username, Closed))) await _table!.ReloadAsync();
    }
}
