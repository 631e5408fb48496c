namespace Nakama.Console.Shell;

/// <summary>One line of the command palette.</summary>
/// <param name="Title">The text that the input is matched against.</param>
/// <param name="Note">The kind of entry.</param>
/// <param name="Icon">The icon as SVG.</param>
/// <param name="Path">The target path; null for an action.</param>
/// <param name="Action">The browser action; null for a path.</param>
public sealed record PaletteCommand(string Title, string Note, string Icon, string? Path, string? Action);
