namespace Nakama.Console.Accounts;

/// <summary>A device that may sign in.</summary>
public sealed record AccountDevice(string Id);
