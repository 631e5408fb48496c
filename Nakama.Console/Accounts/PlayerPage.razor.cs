using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Editing;
using Nakama.Console.History;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;
using AccountDetail = Nakama.Protocol.Console.Account;

namespace Nakama.Console.Accounts;

/// <summary>One player: everything that belongs to it, and the actions that an operator may take.</summary>
public sealed partial class PlayerPage(AccountsClient accounts, IJSRuntime browser)
{
    private static readonly (string Key, string Title, AclResources Needs)[] Tabs =
    [
        ("profile", "Profile", AclResources.Account),
        ("authentication", "Authentication", AclResources.Account),
        ("wallet", "Wallet", AclResources.AccountWallet),
        ("storage", "Storage", AclResources.StorageData),
        ("friends", "Friends", AclResources.AccountFriends),
        ("groups", "Groups", AclResources.AccountGroups),
        ("payments", "Payments", AclResources.InAppPurchase),
        ("notifications", "Notifications", AclResources.Notification),
        ("sessions", "Sessions", AclResources.Account),
        ("history", "History", AclResources.Account),
        ("raw", "Raw", AclResources.Account),
    ];

    private AccountDetail? _detail;
    private string? _raw;
    private string? _error;
    private string? _shown;
    private HistoryFilter _history = new(HistoryText.OfPlayer);
    private bool _denied;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    private IEnumerable<(string Key, string Title, AclResources Needs)> OpenTabs => Tabs.Where(tab => May(tab.Needs, Right.Read));

    private string Current => OpenTabs.Any(tab => tab.Key == Tab) ? Tab! : Tabs[0].Key;

    // The system user is the server itself; the node refuses to change it.
    private bool MayWrite => May(AclResources.Account, Right.Write) && _detail?.Account_.User.IsSystem() == false;

    private bool MayDelete => May(AclResources.Account, Right.Delete) && _detail?.Account_.User.IsSystem() == false;

    private string Name => _detail?.Account_.User.Username ?? "";

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _denied = !May(AclResources.Account, Right.Read);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_denied || !RendererInfo.IsInteractive || _shown == Id) return;
        _shown = Id;
        _history = _history with { Key = Id };
        _detail = null;
        await LoadAsync();
    }

    private string TabPath(string key) => key == Tabs[0].Key ? $"players/{Id}" : $"players/{Id}?tab={key}";

    private async Task LoadAsync()
    {
        var wanted = Id;
        _error = null;
        try
        {
            var detail = await accounts.GetAsync(wanted, Closed);
            if (wanted != Id) return;
            _detail = detail;
            _raw = JsonText.Pretty(ProtoJson.ToString(_detail, JsonFormat.Console));
        }
        catch (NodeException error)
        {
            if (wanted == Id) (_detail, _error) = (null, error.Message);
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }
    }

    private async Task ThenLoadAsync(string done, Func<Task> action)
    {
        if (await DoAsync(done, action)) await LoadAsync();
    }

    private async Task BanAsync()
    {
        if (await Dialogs.ConfirmAsync("Ban player", $"{Name} will be disconnected and cannot sign in until unbanned.", "Ban"))
            await ThenLoadAsync("Banned", () => accounts.BanAsync(Id, Closed));
    }

    private Task UnbanAsync() => ThenLoadAsync("Unbanned", () => accounts.UnbanAsync(Id, Closed));

    private async Task DeleteAsync(bool record)
    {
        var recorded = record
            ? " The deletion is recorded, so that it can be proved later, and the history of the account is erased with it."
            : " What it was stays in the history.";
        var title = record ? "Right to be forgotten" : "Delete player";
        if (!await Dialogs.ConfirmDeleteAsync(title, $"{Name} and all that belongs to this player will be erased for good.{recorded}")) return;
        if (await DoAsync("Deleted", () => accounts.DeleteAsync(Id, record, Closed))) Navigation.NavigateTo("players");
    }

    private async Task UnlinkAsync((string Kind, string Value) link)
    {
        if (!await Dialogs.ConfirmAsync("Unlink", $"{link.Value} will no longer sign in to this account.", "Unlink")) return;
        await ThenLoadAsync("Unlinked", () => link.Kind == "device"
            ? accounts.UnlinkDeviceAsync(Id, link.Value, Closed)
            : accounts.UnlinkAsync(Id, link.Kind, Closed));
    }

    private Task<bool> ExportAsync() => DoAsync("Exported", async () =>
    {
        var data = await accounts.ExportAsync(Id, Closed);
        await BrowserFile.SaveAsync(browser, $"player-{Id}.json", "application/json", ProtoJson.ToString(data, JsonFormat.Console), Closed);
    });

    private async Task ImportAsync()
    {
        if (await Dialogs.OpenAsync<AccountImportPanel>("Import into the player", (nameof(AccountImportPanel.AccountId), Id)) is null) return;
        Toasts.Add("Imported", Severity.Success);
        await LoadAsync();
    }

    private Task ShowNotesAsync() => Dialogs.ViewAsync<NotesPanel>("Notes", (nameof(NotesPanel.UserId), Id));

    private Task EditAsync() => OpenAsync<ProfileEdit>("Edit profile");

    private Task EditSignInAsync() => OpenAsync<SignInEdit>("Email and password");

    private Task EditWalletAsync() => OpenAsync<WalletEdit>("Edit wallet");

    private async Task OpenAsync<TForm>(string title) where TForm : AccountForm
    {
        if (await Dialogs.OpenAsync<TForm>(title, (nameof(AccountForm.Account), _detail!.Account_)) is null) return;
        Toasts.Add("Saved", Severity.Success);
        await LoadAsync();
    }
}
