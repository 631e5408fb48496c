using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Shared;

namespace Nakama.Console.Editing;

/// <summary>Opens side panels and confirmations.</summary>
internal static class PanelDialogs
{
    /// <summary>A panel along the right edge. It closes by its own buttons and keys, which guard unsaved changes.</summary>
    private static readonly DialogOptions Side = new()
    {
        Position = DialogPosition.CenterRight,
        MaxWidth = MaxWidth.Small,
        FullWidth = true,
        BackdropClick = false,
        CloseOnEscapeKey = false,
        DefaultFocus = DefaultFocus.None,
    };

    /// <summary>The same for panels that only show something.</summary>
    private static readonly DialogOptions SideView = Side with { BackdropClick = true, CloseOnEscapeKey = true, CloseButton = true };

    /// <summary>The result of the panel; null when it was cancelled.</summary>
    public static async Task<object?> OpenAsync<TForm>(this IDialogService dialogs, string title, params (string Name, object? Value)[] parameters)
        where TForm : PanelForm
    {
        var dialog = await dialogs.ShowAsync<TForm>(title, Parameters(parameters), Side);
        return await dialog.Result is { Canceled: false } result ? result.Data : null;
    }

    public static async Task ViewAsync<TPanel>(this IDialogService dialogs, string title, params (string Name, object? Value)[] parameters)
        where TPanel : IComponent
    {
        var dialog = await dialogs.ShowAsync<TPanel>(title, Parameters(parameters), SideView);
        await dialog.Result;
    }

    /// <summary>True when the operator has typed the word.</summary>
    public static Task<bool> ConfirmDeleteAsync(this IDialogService dialogs, string title, string message) =>
        IsConfirmedAsync<ConfirmDelete>(dialogs, title, (nameof(ConfirmDelete.Message), message));

    /// <param name="dialogs">Shows it.</param>
    /// <param name="title">The action and its subject.</param>
    /// <param name="message">What will happen.</param>
    /// <param name="yes">The action, as a verb.</param>
    public static Task<bool> ConfirmAsync(this IDialogService dialogs, string title, string message, string yes) =>
        IsConfirmedAsync<Confirm>(dialogs, title, (nameof(Confirm.Message), message), (nameof(Confirm.Yes), yes));

    /// <summary>The result of a dialog in the middle of the page; null when it was cancelled.</summary>
    public static async Task<object?> AskAsync<TDialog>(this IDialogService dialogs, string title, params (string Name, object? Value)[] parameters)
        where TDialog : IComponent
    {
        var dialog = await dialogs.ShowAsync<TDialog>(title, Parameters(parameters), new DialogOptions { MaxWidth = MaxWidth.Medium });
        return await dialog.Result is { Canceled: false } result ? result.Data : null;
    }

    private static async Task<bool> IsConfirmedAsync<TDialog>(IDialogService dialogs, string title, params (string Name, object? Value)[] parameters)
        where TDialog : IComponent => await dialogs.AskAsync<TDialog>(title, parameters) is true;

    private static DialogParameters Parameters((string Name, object? Value)[] parameters)
    {
        var all = new DialogParameters();
        foreach (var (name, value) in parameters) all.Add(name, value);
        return all;
    }
}
