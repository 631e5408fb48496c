namespace Nakama.Console.Live;

/// <summary>The state of a watched method of the node.</summary>
/// <param name="Answer">The last answer; null before the first.</param>
/// <param name="Error">Why there is no newer answer; null while the watch is live.</param>
/// <param name="Code">The gRPC status of the error; 0 while the watch is live.</param>
public sealed record WatchState<TAnswer>(TAnswer? Answer, string? Error, int Code)
    where TAnswer : class;
