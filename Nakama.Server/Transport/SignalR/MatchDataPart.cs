namespace Nakama.Server.Transport.SignalR;

/// <summary>One item of a client's stream of match data.</summary>
/// <param name="OpCode">The game-defined type of the data.</param>
/// <param name="Data">The data; null for none.</param>
/// <param name="Reliable">False when the data may be lost.</param>
public sealed record MatchDataPart(long OpCode, byte[]? Data, bool? Reliable);
