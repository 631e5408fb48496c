using Nakama.Server.Errors;

namespace Nakama.Server.Api;

/// <summary>The refusals of the pipeline itself.</summary>
public static class ApiErrors
{
    public const string InternalText = "An internal error occurred.";
    public const string CanceledText = "context canceled";
    public const string DeadlineText = "context deadline exceeded";

    /// <summary>The body of a request over HTTP is larger than allowed.</summary>
    public const string BodyTooLargeReason = "BODY_TOO_LARGE";

    /// <summary>The body of a request over HTTP cannot be decompressed.</summary>
    public const string BodyBrokenReason = "BODY_BROKEN";

    /// <summary>A before hook returned something other than a request.</summary>
    public const string BeforeHookReason = "BEFORE_HOOK";

    public static ApiException ServerKeyRequired => new(StatusCode.Unauthenticated, "Server key required");

    public static ApiException ServerKeyInvalid => new(StatusCode.Unauthenticated, "Server key invalid");

    public static ApiException TokenRequired => new(StatusCode.Unauthenticated, "Auth token required");

    public static ApiException TokenInvalid => new(StatusCode.Unauthenticated, "Auth token invalid");

    public static ApiException TokenOrHttpKeyRequired => new(StatusCode.Unauthenticated, "Auth token or HTTP key required");

    public static ApiException HttpKeyInvalid => new(StatusCode.Unauthenticated, "HTTP key invalid");

    public static ApiException ResourceNotFound => new(StatusCode.NotFound, "Requested resource was not found.");

    public static ApiException BeforeHookFailed => new(StatusCode.Internal, "Could not complete runtime Before function.") { Reason = BeforeHookReason };

    public static ApiException NotImplemented(ApiMethod method) => new(StatusCode.Unimplemented, $"method {method.Name} not implemented");
}
