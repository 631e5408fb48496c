namespace Nakama.Console.Shell;

/// <summary>One line of the command palette.</summary>
/// <param name="Title">What is matched against the typed text.</param>
/// <param name="Note">What kind of thing it is.</param>
/// <param name="Icon">Its symbol as SVG.</param>
/// <param name="Path">Where it leads; null when it does something instead.</param>
/// <param name="Action">What the browser does; null when it leads somewhere.</param>
public sealed record PaletteCommand(string Title, string Note, string Icon, string? Path, string? Action);
