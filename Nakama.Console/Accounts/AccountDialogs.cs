using Nakama.Console.Shared;
using Radzen;

namespace Nakama.Console.Accounts;

/// <summary>The questions that are asked before something happens to an account.</summary>
internal static class AccountDialogs
{
    public static async Task<bool> ConfirmDeleteAsync(DialogService dialogs, string username, bool record)
    {
        var message = record
            ? $"{username} and all that belongs to this player will be erased for good. The deletion is recorded, so that it can be proved later."
            : $"{username} and all that belongs to this player will be erased for good.";
        return await dialogs.OpenAsync<ConfirmDelete>(
            record ? "Right to be forgotten" : "Delete player",
            new Dictionary<string, object?> { [nameof(ConfirmDelete.Message)] = message },
            Narrow) is true;
    }

    public static async Task<bool> ConfirmAsync(DialogService dialogs, string title, string message, string yes) =>
        await dialogs.Confirm(message, title, new ConfirmOptions { OkButtonText = yes, CancelButtonText = "Cancel", Width = Narrow.Width }) is true;

    public static readonly DialogOptions Narrow = new() { Width = "min(440px, 94vw)", CloseDialogOnOverlayClick = true };

    public static readonly SideDialogOptions Side = new() { Width = "min(520px, 100vw)", Position = DialogPosition.Right, ShowMask = true };
}
