using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace Nakama.Console.Editing;

/// <summary>A text area for JSON with colours, the line of an error, and files to open.</summary>
public sealed partial class JsonEditor(IJSRuntime browser) : IAsyncDisposable
{
    /// <summary>The number of characters that can be edited.</summary>
    internal const int MaxLength = 256 * 1024;

    private ElementReference _editor;
    private IJSObjectReference? _module;
    private string _text = "";
    private string? _given;
    private string? _fileError;
    private bool _isClosed;

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

    /// <summary>Whether the text can be edited: a longer one would not reach the server whole.</summary>
    private bool IsEditable => _text.Length <= MaxLength;

    public ValueTask DisposeAsync()
    {
        _isClosed = true;
        return DropAsync();
    }

    protected override void OnParametersSet()
    {
        if (_given == Value) return;
        _given = _text = Value;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender) _module = await browser.InvokeAsync<IJSObjectReference?>("import", "./json-editor.js");
            // It may have been closed while the browser loaded the module.
            if (_isClosed) await DropAsync();
            else if (_module is not null && IsEditable) await _module.InvokeVoidAsync("show", _editor);
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException || (_isClosed && error is JSException or ObjectDisposedException))
        {
            // The page or the editor is gone.
        }
    }

    private async ValueTask DropAsync()
    {
        if (_module is not { } module) return;
        _module = null;
        try
        {
            await module.DisposeAsync();
        }
        catch (Exception error) when (error is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private Task TellAsync()
    {
        _given = _text;
        return ValueChanged.InvokeAsync(_text);
    }

    private async Task ReadFileAsync(InputFileChangeEventArgs change)
    {
        _fileError = null;
        try
        {
            await using var file = change.File.OpenReadStream(MaxLength);
            using var reader = new StreamReader(file);
            _text = await reader.ReadToEndAsync();
            await TellAsync();
        }
        catch (IOException)
        {
            _fileError = $"The file is larger than {MaxLength / 1024} KiB.";
        }
    }
}
