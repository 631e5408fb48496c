namespace Nakama.Console.Purchases;

/// <summary>Which payments a list shows; null and empty values select all.</summary>
/// <param name="TransactionId">The exact transaction.</param>
/// <param name="UserId">The player.</param>
/// <param name="After">The earliest time of the purchase, in RFC 3339 form.</param>
/// <param name="Before">The latest time of the purchase, in RFC 3339 form.</param>
public sealed record PaymentFilter(string? TransactionId, string? UserId, string? After, string? Before);
