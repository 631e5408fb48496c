using Google.Protobuf;

namespace Nakama.Server.Transport.Grpc;

/// <summary>A received message.</summary>
/// <param name="Message">Null when the bytes are not a valid message.</param>
/// <param name="Size">Its length in bytes, decompressed.</param>
/// <param name="Problem">Why the bytes are not a message; null when they are one.</param>
internal sealed record GrpcRequest(IMessage? Message, int Size, GrpcStatus? Problem);

/// <summary>An outgoing message, with its size in bytes before compression.</summary>
internal sealed record GrpcResponse(IMessage Message, int Size);
