using Nakama.Server.Metrics;

namespace Nakama.Server.Security;

/// <summary>Counts and logs the rejections of one limit.</summary>
internal sealed class RateLimitRejections(MetricRegistry metrics, ILogger log, string setting, string kind, string by)
{
    private readonly Counter _count = metrics.Counter("rate_limited", new("kind", kind), new("by", by));

    /// <summary>Always false.</summary>
    public bool Count(object sender)
    {
        _count.Increment();
        RateLimitLog.Refused(log, setting, sender);
        return false;
    }
}
