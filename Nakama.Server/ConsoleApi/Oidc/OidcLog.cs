namespace Nakama.Server.ConsoleApi.Oidc;

internal static partial class OidcLog
{
    [LoggerMessage(LogLevel.Warning, "The OpenID Connect documents at {Host} could not be read: {Problem}")]
    public static partial void MetadataFailed(ILogger log, string host, string problem);

    [LoggerMessage(LogLevel.Information, "An ID token of an operator was refused: {Reason}")]
    public static partial void Refused(ILogger log, string reason);

    [LoggerMessage(LogLevel.Information, "An operator was refused: none of the {Count} values of the claim {Claim} is a role here.")]
    public static partial void NoRole(ILogger log, int count, string claim);
}
