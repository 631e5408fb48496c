using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Cluster;

/// <summary>
/// Says which node does a piece of work that is to be done once, however many nodes there are: of the nodes of this moment the
/// one whose name and the work's make the highest hash, so that all agree and few pieces move when a node comes or goes.
/// </summary>
public sealed class WorkOwner(NodeDirectory nodes, MessageBus bus)
{
    /// <summary>The node that does the work.</summary>
    /// <param name="work">What tells this piece from others, such as the id of what is worked on.</param>
    public NodeId OwnerOf(string work)
    {
        ArgumentException.ThrowIfNullOrEmpty(work);
        var owner = NodeId.Local;
        var others = bus.Others;
        if (others.IsEmpty) return owner;
        var highest = HashOf(work, nodes.LocalName);
        foreach (var other in others)
        {
            var hash = HashOf(work, nodes.NameOf(other));
            if (hash < highest || (hash == highest && string.CompareOrdinal(nodes.NameOf(other), nodes.NameOf(owner)) < 0)) continue;
            (owner, highest) = (other, hash);
        }

        return owner;
    }

    public bool IsMine(string work) => OwnerOf(work).IsLocal;

    private static ulong HashOf(string work, string node) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{work}/{node}")));
}
