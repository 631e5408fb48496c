namespace Nakama.Protocol.Json;

/// <summary>A text is not the JSON form of the message; the error message states the position and may be sent to clients.</summary>
public sealed class ProtoJsonException(string message) : Exception(message);
