using Nakama.Server.Errors;
using Nakama.Server.Outbound;
using Npgsql;

namespace Nakama.Server.Purchases;

/// <summary>The errors of purchases. Store and database messages reach the client unchanged, with status "unknown".</summary>
internal static class PurchaseErrors
{
    public const string NotConfiguredReason = "STORE_NOT_CONFIGURED";

    /// <summary>The part of a store's response that an error message may contain.</summary>
    private const int MaxPayload = 2048;

    public static ApiException ReceiptEmpty => Invalid("Receipt cannot be empty.");

    public static ApiException PurchaseEmpty => Invalid("Purchase cannot be empty.");

    public static ApiException SignatureEmpty => Invalid("Signature cannot be empty.");

    public static ApiException SignedRequestEmpty => Invalid("SignedRequest cannot be empty.");

    public static ApiException PurchaseIdEmpty => Invalid("Purchase ID cannot be empty.");

    public static ApiException IsSubscription => Refused("Subscription Receipt. Use the appropriate function instead.");

    public static ApiException IsPurchase => Refused("Purchase Receipt. Use the appropriate function instead.");

    public static ApiException AppleUnavailable =>
        new(StatusCode.Unavailable, "Apple IAP verification is currently unavailable. Try again later.");

    public static ApiException AppleStorageFailed => new(StatusCode.Internal, "Failed to store app store purchase data");

    public static ApiException AppleSubscriptionStorageFailed => new(StatusCode.Internal, "Failed to validate apple jws subscription receipt");

    public static ApiException NoReceipt => Invalid("expects at least one receipt");

    public static ApiException Malformed => Invalid("receipt is malformed");

    public static ApiException HuaweiSignature => Invalid("inAppPurchaseData invalid signature");

    public static ApiException PurchasesCursor => Invalid("purchases list cursor invalid");

    public static ApiException SubscriptionsCursor => Invalid("subscriptions list cursor invalid");

    public static ApiException SubscriptionNotFound => new(StatusCode.NotFound, "subscription not found");

    public static ApiException Limit => Invalid("Invalid limit - limit must be between 1 and 1000.");

    public static ApiException NotConfigured(string store) =>
        new(StatusCode.FailedPrecondition, $"{store} IAP is not configured.") { Reason = NotConfiguredReason };

    public static ApiException InvalidStatus(long status) => Refused($"Invalid Receipt. Status: {status}");

    public static ApiException InvalidState(long state) => Refused($"Invalid Receipt. State: {state}");

    public static ApiException InvalidCode(string code) => Refused($"Invalid Receipt. Code: {code}");

    public static ApiException ForeignBundle(string bundle) => Refused($"Invalid Receipt. Bundle: {bundle}");

    /// <summary>The client sent something that no store issues.</summary>
    public static ApiException MalformedAs(string message) => Invalid(message);

    /// <summary>A store sent an unexpected response.</summary>
    public static ApiException Upstream(string store, int status, string payload) => Raw(
        $"non-200 response from {store} service, status={status}, payload={(payload.Length > MaxPayload ? payload[..MaxPayload] : payload)}");

    /// <summary>A store did not respond.</summary>
    public static ApiException Unreachable(string store, OutboundAnswer answer) => Raw($"no response from {store} service: {answer.Problem}");

    /// <summary>The database rejected it, for instance because of an empty or too long id.</summary>
    public static ApiException NotStored(PostgresException e) => Raw($"ERROR: {e.MessageText} (SQLSTATE {e.SqlState})");

    public static ApiException Raw(string message) => new(StatusCode.Unknown, message);

    private static ApiException Invalid(string message) => new(StatusCode.InvalidArgument, message);

    private static ApiException Refused(string message) => new(StatusCode.FailedPrecondition, message);
}
