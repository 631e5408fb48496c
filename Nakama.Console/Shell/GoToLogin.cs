using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;

namespace Nakama.Console.Shell;

/// <summary>Redirects a visitor that is not signed in to the login page, and back afterwards.</summary>
public sealed class GoToLogin(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"{SignIn.LoginPath}?return={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
