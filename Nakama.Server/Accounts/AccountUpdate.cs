namespace Nakama.Server.Accounts;

/// <summary>A change of one account's profile, for those who change several at once.</summary>
public sealed record AccountUpdate(Guid UserId, AccountChange Change);
