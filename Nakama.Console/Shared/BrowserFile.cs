using Microsoft.JSInterop;

namespace Nakama.Console.Shared;

/// <summary>A file that the browser collects piece by piece and then saves, so that the console never holds it whole.</summary>
public sealed class BrowserFile(IJSRuntime browser, string name, string mediaType) : IAsyncDisposable
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    /// <summary>Saves a text as a file.</summary>
    public static async Task SaveAsync(IJSRuntime browser, string name, string mediaType, string text, CancellationToken cancellationToken)
    {
        await using var file = new BrowserFile(browser, name, mediaType);
        await file.AppendAsync(text, cancellationToken);
        await file.SaveAsync();
    }

    public ValueTask AppendAsync(string text, CancellationToken cancellationToken) =>
        browser.InvokeVoidAsync("consoleShell.appendFile", cancellationToken, _id, text);

    /// <summary>Hands the file to the operator.</summary>
    public ValueTask SaveAsync() => browser.InvokeVoidAsync("consoleShell.saveFile", _id, name, mediaType);

    /// <summary>Forgets what was collected and not saved.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await browser.InvokeVoidAsync("consoleShell.dropFile", _id);
        }
        catch (JSDisconnectedException)
        {
            // The page, and with it what it had collected, is gone.
        }
    }
}
