using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Nakama.Console.Shell;

/// <summary>
/// The document around every page. Pages of operators are interactive, except those that must work as plain HTML.
/// </summary>
public sealed partial class App
{
    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    private string BasePath => $"{Context.Request.PathBase.ToUriComponent()}/";

    private IComponentRenderMode? PageMode =>
        Context.User.Identity?.IsAuthenticated == true && Context.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;
}
