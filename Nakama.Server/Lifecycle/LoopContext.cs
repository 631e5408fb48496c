using Nakama.Server.Metrics;

namespace Nakama.Server.Lifecycle;

/// <summary>What every <see cref="PeriodicLoop"/> needs.</summary>
public sealed record LoopContext(TimeProvider Time, MetricRegistry Metrics, ILoggerFactory Loggers);
