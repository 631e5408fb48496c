using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;

namespace Nakama.Console.Shell;

/// <summary>Redirects a visitor that is not signed in to the login page, and back afterwards.</summary>
public sealed class GoToLogin(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        var here = new Uri(navigation.Uri).PathAndQuery;
        navigation.NavigateTo($"{SignIn.LoginPath[1..]}?return={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
