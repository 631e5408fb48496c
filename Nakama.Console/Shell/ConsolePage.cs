using Nakama.Console.Access;

namespace Nakama.Console.Shell;

/// <summary>A page that the navigation and the command palette offer.</summary>
/// <param name="Title">What operators call it.</param>
/// <param name="Path">Its address.</param>
/// <param name="Icon">Its symbol in the icon font.</param>
/// <param name="Needs">The resource one must be able to read; null when everyone may open it.</param>
public sealed record ConsolePage(string Title, string Path, string Icon, Resource? Needs)
{
    /// <summary>All pages, in the order of the navigation.</summary>
    public static readonly IReadOnlyList<ConsolePage> All =
    [
        new("Dashboard", "/", "monitoring", null),
        new("Players", "/players", "group", Resource.Account),
        new("Configuration", "/settings/configuration", "tune", Resource.Configuration),
    ];
}
