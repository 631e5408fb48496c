using Nakama.Server.Errors;

namespace Nakama.Server.Satori;

/// <summary>The failures of requests to Satori.</summary>
public static class SatoriErrors
{
    public static ApiException NotConfigured => new(StatusCode.FailedPrecondition, "satori configuration is invalid");

    /// <param name="problem">What went wrong, without any secret.</param>
    public static ApiException Failed(string problem) => new(StatusCode.Unavailable, problem);
}
