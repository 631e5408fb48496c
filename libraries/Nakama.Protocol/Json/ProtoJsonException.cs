namespace Nakama.Protocol.Json;

/// <summary>A text that is not the JSON form of the message; the sentence says where and is fit for clients.</summary>
public sealed class ProtoJsonException(string message) : Exception(message);
