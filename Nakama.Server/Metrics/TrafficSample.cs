namespace Nakama.Server.Metrics;

/// <summary>The traffic of one window, per second.</summary>
/// <param name="RequestsPerSec">Answered requests.</param>
/// <param name="MessagesPerSec">Handled socket messages.</param>
/// <param name="ErrorsPerSec">Failed requests and messages.</param>
/// <param name="ReceivedKibPerSec">Incoming KiB.</param>
/// <param name="SentKibPerSec">Outgoing KiB.</param>
/// <param name="AverageLatencyMs">Mean time of a request; 0 when there was none.</param>
/// <param name="LatencyP50Ms">Half of the requests were faster; 0 when there was none.</param>
/// <param name="LatencyP95Ms">95 % of the requests were faster.</param>
/// <param name="LatencyP99Ms">99 % of the requests were faster.</param>
public readonly record struct TrafficSample(
    double RequestsPerSec,
    double MessagesPerSec,
    double ErrorsPerSec,
    double ReceivedKibPerSec,
    double SentKibPerSec,
    double AverageLatencyMs,
    double LatencyP50Ms,
    double LatencyP95Ms,
    double LatencyP99Ms);
