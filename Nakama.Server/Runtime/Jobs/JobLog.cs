namespace Nakama.Server.Runtime.Jobs;

internal static partial class JobLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} ended after {Elapsed}; it was due at {Due}")]
    public static partial void Succeeded(ILogger log, string job, TimeSpan elapsed, DateTime due);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed after {Elapsed}; it was due at {Due}")]
    public static partial void Failed(ILogger log, Exception error, string job, TimeSpan elapsed, DateTime due);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} runs again, attempt {Attempt}: the node that ran it is lost")]
    public static partial void Again(ILogger log, string job, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} is given up until its next instant: {Attempts} nodes were lost while it ran")]
    public static partial void GivenUp(ILogger log, string job, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim of job {Job} is lost to another node, and its function is stopped")]
    public static partial void ClaimLost(ILogger log, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim of job {Job} could not be renewed")]
    public static partial void RenewFailed(ILogger log, Exception error, string job);
}
