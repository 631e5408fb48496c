using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Cluster;

/// <summary>
/// Determines which node performs work that must be done only once in the cluster: of the current nodes the
/// one with the highest hash of its name and the work's, so that all nodes agree and few pieces move when a node joins or leaves.
/// </summary>
public sealed class WorkOwner(NodeDirectory nodes, MessageBus bus)
{
    /// <summary>The node that performs the work.</summary>
    /// <param name="work">The key of the work, such as the id of the object it concerns.</param>
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
