using Nakama.Protocol.Live;

namespace Nakama.Console.Shell;

/// <summary>One line of the command palette.</summary>
/// <param name="Title">The text that the input is matched against.</param>
/// <param name="Section">The heading under which it is shown.</param>
/// <param name="Icon">The icon as SVG.</param>
/// <param name="Path">The target path; null for an action.</param>
/// <param name="Action">The browser action; null for a path.</param>
public sealed record PaletteCommand(string Title, string Section, string Icon, string? Path, string? Action)
{
    /// <summary>What is shown beside the title; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>The part of a found row that matches; may be empty.</summary>
    public IReadOnlyList<SearchFragment> Highlight { get; init; } = [];
}
