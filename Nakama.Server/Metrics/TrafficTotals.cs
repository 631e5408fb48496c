namespace Nakama.Server.Metrics;

/// <summary>The traffic of the node since its start.</summary>
/// <param name="Requests">Answered requests and function calls.</param>
/// <param name="Messages">Handled socket messages.</param>
/// <param name="Errors">Requests and messages that failed.</param>
/// <param name="ReceivedBytes">Bytes of requests and messages.</param>
/// <param name="SentBytes">Bytes of answers and outgoing messages.</param>
/// <param name="RequestTime">The sum of the durations of all requests.</param>
public readonly record struct TrafficTotals(
    long Requests,
    long Messages,
    long Errors,
    long ReceivedBytes,
    long SentBytes,
    TimeSpan RequestTime);
