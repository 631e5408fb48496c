namespace Nakama.Server.Cluster;

/// <summary>Another node did not answer: it is not a member, too busy, or failed.</summary>
public sealed class BusException(string message, Exception? inner = null) : Exception(message, inner);
