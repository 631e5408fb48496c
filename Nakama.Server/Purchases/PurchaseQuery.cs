namespace Nakama.Server.Purchases;

/// <summary>Which page of purchases or subscriptions, newest first.</summary>
public sealed record PurchaseQuery(int Limit)
{
    /// <summary>Only this user's; null for everyone's.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The cursor of another page of the same list, or empty.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Only what was bought at this time or later.</summary>
    public DateTime? After { get; init; }

    /// <summary>Only what was bought at this time or earlier.</summary>
    public DateTime? Before { get; init; }
}
