using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Nakama.Console.Access;
using Nakama.Console.Nodes;

namespace Nakama.Console.Shell;

/// <summary>The frame of every page of a signed-in operator: navigation, live counters, tools.</summary>
public sealed partial class ConsoleLayout(Operator signedIn, NavigationManager navigation, TimeDisplay times)
{
    private readonly CancellationTokenSource _closed = new();
    private ErrorBoundary? _boundary;
    private ConsoleToken? _token;
    private string _username = "";

    private string Initial => _username.Length > 0 ? _username[..1].ToUpperInvariant() : "?";

    private string SkipPath => $"{navigation.Uri.Split('#')[0]}#page";

    /// <summary>The pages that the operator may open, each with the heading that it begins.</summary>
    private IEnumerable<(ConsolePage Page, string Heading)> Entries
    {
        get
        {
            var section = "";
            foreach (var page in ConsolePage.All.Where(page => page.IsOpenTo(_token)))
            {
                yield return (page, page.Section == section ? "" : page.Section);
                section = page.Section;
            }
        }
    }

    public void Dispose()
    {
        times.Changed -= StateHasChanged;
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var closed = _closed.Token;
        times.Changed += StateHasChanged;
        _token = await signedIn.FindAsync();
        _username = _token?.Username ?? "";
        if (_token is null || !RendererInfo.IsInteractive) return;
        try
        {
            await times.LoadAsync(closed);
        }
        catch (Exception error) when (error is NodeException or OperationCanceledException)
        {
            // Times stay local; the live counters show that the node is away or the operator signed out.
        }
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    private void Recover() => _boundary?.Recover();
}
