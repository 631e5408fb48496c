using Microsoft.AspNetCore.Components;
using MudBlazor;
using Nakama.Console.Nodes;
using Nakama.Protocol.History;

namespace Nakama.Console.History;

/// <summary>
/// Asks before a change is reverted. Where somebody has changed the object since, it shows the difference and asks again; what is
/// then overwritten is only what was shown. Its result is the node's answer.
/// </summary>
public sealed partial class RevertDialog(HistoryClient client)
{
    private HistoryDetail? _now;
    private string? _error;
    private bool _isBusy;

    [CascadingParameter]
    public IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public HistoryDetail Detail { get; set; } = null!;

    private async Task RevertAsync()
    {
        if (_isBusy) return;
        (_isBusy, _error) = (true, null);
        try
        {
            Dialog.Close(DialogResult.Ok(await client.RevertAsync(Detail.Entry.Id, _now?.PresentDigest, CancellationToken.None)));
        }
        catch (NodeException error) when (error.Code == NodeException.Aborted)
        {
            await ShowPresentAsync();
        }
        catch (NodeException error)
        {
            _error = error.Message;
        }

        _isBusy = false;
    }

    private async Task ShowPresentAsync()
    {
        try
        {
            _now = await client.GetAsync(Detail.Entry.Id, withPresent: true, CancellationToken.None);
        }
        catch (NodeException error)
        {
            _error = error.Message;
        }
    }
}
