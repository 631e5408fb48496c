using Nakama.Server.Security;

namespace Nakama.Server.Cluster;

/// <summary>
/// The ids of objects that live on one node: an id, a dot and the node's name, such as <c>uuid.nakama</c>. Without a name the
/// object belongs to no node.
/// </summary>
public static class NodeBoundId
{
    public static string Format(Guid id, string node) => $"{id}.{node}";

    /// <summary>Reads the two parts without copying them; false when the text has no dot or no id before the first one.</summary>
    public static bool TryParse(string text, out Guid id, out ReadOnlySpan<char> node)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0 && UuidText.TryParse(text.AsSpan(0, dot), out id))
        {
            node = text.AsSpan(dot + 1);
            return true;
        }
        id = default;
        node = default;
        return false;
    }
}
