using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Nakama.Server.Cluster;

/// <summary>A kind of message that needs no answer.</summary>
/// <param name="Code">Its number on the wire, never used for another kind.</param>
/// <param name="Name">The name of the field that holds it.</param>
public sealed record BusMessage<T>(ushort Code, [CallerMemberName] string Name = "")
    where T : class, IMessage<T>, new()
{
    /// <summary>Its tag in metrics.</summary>
    internal KeyValuePair<string, object?> Tag { get; } = BusKinds.TagOf<T>(Name);

    /// <summary>Whether the loss of one does no harm, because it is sent again or because the next one replaces it.</summary>
    public bool IsDroppable { get; init; }
}

/// <summary>A kind of request.</summary>
/// <param name="Code">Its number on the wire, never used for another kind.</param>
/// <param name="Name">The name of the field that holds it.</param>
public sealed record BusQuestion<TAsk, TAnswer>(ushort Code, [CallerMemberName] string Name = "")
    where TAsk : class, IMessage<TAsk>, new()
    where TAnswer : class, IMessage<TAnswer>, new()
{
    /// <summary>Its tag in metrics.</summary>
    internal KeyValuePair<string, object?> Tag { get; } = BusKinds.TagOf<TAsk>(Name);
}

/// <summary>The tags of the message kinds in metrics.</summary>
internal static class BusKinds
{
    private const string TagName = "kind";

    /// <summary>The tag of a requested kind that this node does not know.</summary>
    public static readonly KeyValuePair<string, object?> Unknown = new(TagName, "unknown");

    /// <summary>The name of the message and, as several kinds may share it, that of the field.</summary>
    public static KeyValuePair<string, object?> TagOf<T>(string name) => new(TagName, $"{typeof(T).Name}.{name}");
}
