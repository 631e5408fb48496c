using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Nakama.Console.Access;

namespace Nakama.Console.Shell;

/// <summary>The frame of every page of a signed-in operator: navigation, live counters, tools.</summary>
public sealed partial class ConsoleLayout(Operator signedIn, NavigationManager navigation)
{
    private ErrorBoundary? _boundary;
    private ConsoleToken? _token;
    private string _username = "";

    private string Initial => _username.Length > 0 ? _username[..1].ToUpperInvariant() : "?";

    private string SkipPath => $"{navigation.Uri.Split('#')[0]}#page";

    protected override async Task OnInitializedAsync()
    {
        _token = await signedIn.FindAsync();
        _username = _token?.Username ?? "";
    }

    protected override void OnParametersSet() => _boundary?.Recover();

    /// <summary>The pages that the operator may open, each with the heading that it begins.</summary>
    private IEnumerable<(ConsolePage Page, string Heading)> Entries
    {
        get
        {
            var section = "";
            foreach (var page in ConsolePage.All.Where(MayOpen))
            {
                yield return (page, page.Section == section ? "" : page.Section);
                section = page.Section;
            }
        }
    }

    private bool MayOpen(ConsolePage page) => page.Needs is not { } needs || _token?.Permits(needs, Right.Read) == true;

    private void Recover() => _boundary?.Recover();
}
