using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Shared;
using Nakama.Protocol.Api;

namespace Nakama.Console.Accounts;

/// <summary>The confirmation dialogs for changes to an account.</summary>
internal static class AccountDialogs
{
    /// <summary>A panel along the right edge, as wide as a form needs.</summary>
    private static readonly DialogOptions Side = new()
    {
        Position = DialogPosition.CenterRight,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
        CloseButton = true,
        DefaultFocus = DefaultFocus.None,
    };

    public static Task<bool> ConfirmDeleteAsync(IDialogService dialogs, string username, bool record)
    {
        var message = record
            ? $"{username} and all that belongs to this player will be erased for good. The deletion is recorded, so that it can be proved later."
            : $"{username} and all that belongs to this player will be erased for good.";
        return AskAsync<ConfirmDelete>(
            dialogs, record ? "Right to be forgotten" : "Delete player", new DialogParameters { [nameof(ConfirmDelete.Message)] = message }, null);
    }

    public static Task<bool> ConfirmAsync(IDialogService dialogs, string title, string message, string yes) =>
        AskAsync<Confirm>(dialogs, title, new DialogParameters { [nameof(Confirm.Message)] = message, [nameof(Confirm.Yes)] = yes }, null);

    /// <summary>True when the form has saved.</summary>
    public static Task<bool> EditAsync<TForm>(IDialogService dialogs, string title, Account account) where TForm : AccountForm =>
        AskAsync<TForm>(dialogs, title, new DialogParameters { [nameof(AccountForm.Account)] = account }, Side);

    private static async Task<bool> AskAsync<TDialog>(IDialogService dialogs, string title, DialogParameters parameters, DialogOptions? options)
        where TDialog : IComponent
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, parameters, options ?? new DialogOptions());
        return await dialog.Result is { Canceled: false };
    }
}
