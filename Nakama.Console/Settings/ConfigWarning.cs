namespace Nakama.Console.Settings;

/// <summary>A setting that should not stay as it is.</summary>
public sealed record ConfigWarning(string Field, string Message);
