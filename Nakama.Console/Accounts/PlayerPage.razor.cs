using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.Json;
using AccountDetail = Nakama.Protocol.Console.Account;

namespace Nakama.Console.Accounts;

/// <summary>One player: profile, ways to sign in, wallet, and the actions that an operator may take.</summary>
public sealed partial class PlayerPage(
    AccountsClient accounts, Operator signedIn, NavigationManager navigation, IDialogService dialogs, ISnackbar toasts) : IDisposable
{
    private static readonly (string Key, string Title)[] Tabs =
        [("profile", "Profile"), ("authentication", "Authentication"), ("wallet", "Wallet"), ("raw", "Raw")];

    private readonly CancellationTokenSource _closed = new();
    private AccountDetail? _detail;
    private string? _raw;
    private string? _fault;
    private string? _shown;
    private bool _denied;
    private bool _mayWrite;
    private bool _mayDelete;
    private bool _mayWallet;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Tab { get; set; }

    private string Current => Tab is not null && Tabs.Any(tab => tab.Key == Tab) ? Tab : "profile";

    // The system user is the server itself; the node refuses to change it.
    private bool MayWrite => _mayWrite && _detail?.Account_.User.IsSystem() == false;

    private bool MayDelete => _mayDelete && _detail?.Account_.User.IsSystem() == false;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _denied = !await signedIn.MayAsync(AclResources.Account, Right.Read);
        _mayWrite = await signedIn.MayAsync(AclResources.Account, Right.Write);
        _mayDelete = await signedIn.MayAsync(AclResources.Account, Right.Delete);
        _mayWallet = await signedIn.MayAsync(AclResources.AccountWallet, Right.Write);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_denied || !RendererInfo.IsInteractive || _shown == Id) return;
        _shown = Id;
        _detail = null;
        await LoadAsync();
    }

    private string TabPath(string key) => key == Tabs[0].Key ? $"/players/{Id}" : $"/players/{Id}?tab={key}";

    private async Task LoadAsync()
    {
        _fault = null;
        try
        {
            _detail = await accounts.GetAsync(Id, _closed.Token);
            _raw = JsonText.Pretty(ProtoJson.ToString(_detail, JsonFormat.Console));
        }
        catch (NodeException error)
        {
            _detail = null;
            _fault = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }
    }

    /// <summary>Runs an action on the account, shows its result, and reloads the account.</summary>
    private async Task<bool> DoAsync(string done, Func<Task> action)
    {
        try
        {
            await action();
            toasts.Add(done, Severity.Success);
            return true;
        }
        catch (NodeException error)
        {
            toasts.Add($"The node refused: {error.Message}", Severity.Error);
            return false;
        }
    }

    private async Task ThenLoadAsync(string done, Func<Task> action)
    {
        if (await DoAsync(done, action)) await LoadAsync();
    }

    private async Task BanAsync()
    {
        var name = _detail!.Account_.User.Username;
        if (await AccountDialogs.ConfirmAsync(dialogs, "Ban player", $"{name} will be disconnected and cannot sign in until unbanned.", "Ban"))
            await ThenLoadAsync("Banned", () => accounts.BanAsync(Id, _closed.Token));
    }

    private Task UnbanAsync() => ThenLoadAsync("Unbanned", () => accounts.UnbanAsync(Id, _closed.Token));

    private async Task DeleteAsync(bool record)
    {
        if (!await AccountDialogs.ConfirmDeleteAsync(dialogs, _detail!.Account_.User.Username, record)) return;
        if (await DoAsync("Deleted", () => accounts.DeleteAsync(Id, record, _closed.Token))) navigation.NavigateTo("/players");
    }

    private async Task UnlinkAsync((string Kind, string Value) link)
    {
        if (!await AccountDialogs.ConfirmAsync(dialogs, "Unlink", $"{link.Value} will no longer sign in to this account.", "Unlink")) return;
        await ThenLoadAsync("Unlinked", () => link.Kind == "device"
            ? accounts.UnlinkDeviceAsync(Id, link.Value, _closed.Token)
            : accounts.UnlinkAsync(Id, link.Kind, _closed.Token));
    }

    private Task EditAsync() => OpenAsync<ProfileEdit>("Edit profile");

    private Task EditSignInAsync() => OpenAsync<SignInEdit>("Email and password");

    private Task EditWalletAsync() => OpenAsync<WalletEdit>("Edit wallet");

    private async Task OpenAsync<TForm>(string title) where TForm : AccountForm
    {
        if (!await AccountDialogs.EditAsync<TForm>(dialogs, title, _detail!.Account_)) return;
        toasts.Add("Saved", Severity.Success);
        await LoadAsync();
    }
}
