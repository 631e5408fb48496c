using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>A kind of message that needs no answer.</summary>
/// <param name="Code">Its number between nodes, never used for another kind.</param>
public sealed record BusMessage<T>(ushort Code)
    where T : class, IMessage<T>, new();

/// <summary>A kind of question.</summary>
/// <param name="Code">Its number between nodes, never used for another kind.</param>
public sealed record BusQuestion<TAsk, TAnswer>(ushort Code)
    where TAsk : class, IMessage<TAsk>, new()
    where TAnswer : class, IMessage<TAnswer>, new();
