using Google.Protobuf;

namespace Nakama.Server.Transport.Grpc;

/// <summary>A message that came in.</summary>
/// <param name="Message">Null when the bytes are not one.</param>
/// <param name="Size">How many bytes it has, decompressed.</param>
/// <param name="Problem">Why the bytes are not a message; null when they are one.</param>
internal sealed record GrpcRequest(IMessage? Message, int Size, GrpcStatus? Problem);

/// <summary>A message that goes out, with its size in bytes before compression.</summary>
internal sealed record GrpcResponse(IMessage Message, int Size);
