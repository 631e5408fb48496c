namespace Nakama.Console.Accounts;

/// <summary>All that a node tells about one account.</summary>
public sealed record AccountDetail(AccountBody Account, DateTimeOffset? DisableTime)
{
    public bool IsBanned => DisableTime is { } time && time > DateTimeOffset.UnixEpoch;
}
