using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Nodes;

namespace Nakama.Console.Editing;

/// <summary>
/// The base of the side panels that change something: saves once, shows the node's error, closes when it is done.
/// </summary>
public abstract class PanelForm : ComponentBase
{
    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>The error of the last attempt to save; null when there is none.</summary>
    protected string? Error { get; set; }

    protected bool IsSaving { get; private set; }

    /// <summary>Whether something was typed that closing the panel would lose.</summary>
    protected abstract bool IsChanged { get; }

    protected void Cancel() => Dialog.Cancel();

    /// <param name="refusal">Why the input cannot be saved; null when it can.</param>
    /// <param name="save">Sends the change to the node; its result is the result of the dialog.</param>
    protected async Task SaveAsync(string? refusal, Func<Task<object?>> save)
    {
        Error = refusal;
        if (refusal is not null || IsSaving) return;
        IsSaving = true;
        try
        {
            Dialog.Close(DialogResult.Ok(await save()));
        }
        catch (Exception error) when (error is NodeException or ChangedMeanwhileException)
        {
            Error = error.Message;
        }

        IsSaving = false;
    }

    protected Task SaveAsync(string? refusal, Func<Task> save) => SaveAsync(refusal, async () =>
    {
        await save();
        return true;
    });
}
