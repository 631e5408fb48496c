using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace Nakama.Console.Editing;

/// <summary>A text area for JSON with colours, the line of a fault, and files to open.</summary>
public sealed partial class JsonEditor(IJSRuntime browser) : IAsyncDisposable
{
    /// <summary>The number of characters that can be edited.</summary>
    internal const int MaxLength = 256 * 1024;

    private ElementReference _editor;
    private IJSObjectReference? _module;
    private string _text = "";
    private string? _given;
    private string? _fileFault;

    /// <summary>The id of the text area, unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> ValueChanged { get; set; }

    [Parameter]
    public int Lines { get; set; } = 14;

    public async ValueTask DisposeAsync()
    {
        if (_module is null) return;
        try
        {
            await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone.
        }
    }

    protected override void OnParametersSet()
    {
        if (_given == Value) return;
        _given = _text = Value;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender) _module = await browser.InvokeAsync<IJSObjectReference?>("import", "./json-editor.js");
        if (_module is not null) await _module.InvokeVoidAsync("show", _editor);
    }

    private Task TellAsync()
    {
        _given = _text;
        return ValueChanged.InvokeAsync(_text);
    }

    private async Task ReadFileAsync(InputFileChangeEventArgs change)
    {
        _fileFault = null;
        try
        {
            await using var file = change.File.OpenReadStream(MaxLength);
            using var reader = new StreamReader(file);
            _text = await reader.ReadToEndAsync();
            await TellAsync();
        }
        catch (IOException)
        {
            _fileFault = $"The file is larger than {MaxLength / 1024} KiB.";
        }
    }
}
