using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Nodes;

namespace Nakama.Console.Shared;

/// <summary>Shows what the node returns for a key, with loading and failed states.</summary>
public sealed partial class NodeContent<TValue>
    where TValue : class
{
    private TValue? _value;
    private string? _error;
    private string? _shownKey;

    /// <summary>What is shown, such as an id; a change loads again.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    [Parameter, EditorRequired]
    public Func<CancellationToken, Task<TValue>> Load { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment<TValue> ChildContent { get; set; } = null!;

    /// <summary>The expected number of lines.</summary>
    [Parameter]
    public int Rows { get; set; } = 6;

    public async Task ReloadAsync()
    {
        var wanted = _shownKey;
        _error = null;
        try
        {
            var value = await Load(Closed);
            if (wanted == _shownKey) _value = value;
        }
        catch (NodeException error)
        {
            if (wanted == _shownKey) (_value, _error) = (null, error.Message);
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shownKey == Key) return;
        (_shownKey, _value) = (Key, null);
        await ReloadAsync();
    }
}
