namespace Nakama.Server.Accounts;

/// <summary>A change of one account's profile, for callers that change several at once.</summary>
public sealed record AccountUpdate(Guid UserId, AccountChange Change);
