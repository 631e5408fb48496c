namespace Nakama.Console.Accounts;

/// <summary>One page of accounts.</summary>
/// <param name="Users">The rows.</param>
/// <param name="TotalCount">How many there are in all; an estimate for large tables.</param>
/// <param name="NextCursor">Where the next page begins; empty on the last.</param>
public sealed record AccountPage(IReadOnlyList<AccountRow> Users, int TotalCount, string? NextCursor);
