using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nakama.Server.Cluster;

/// <summary>
/// Determines which node performs work that must be done only once in the cluster: of the current nodes the
/// one with the highest hash of its name and the work's, so that all nodes agree and few pieces move when a node joins or leaves.
/// A node that drains owns nothing, unless all do.
/// </summary>
public sealed class WorkOwner(NodeDirectory nodes, NodeDrain drain, MessageBus bus)
{
    /// <summary>The node that performs the work.</summary>
    /// <param name="work">The key of the work, such as the id of the object it concerns.</param>
    public NodeId OwnerOf(string work)
    {
        ArgumentException.ThrowIfNullOrEmpty(work);
        var owner = NodeId.Local;
        var others = bus.Others;
        if (others.IsEmpty) return owner;
        var highest = RankOf(work, owner);
        foreach (var other in others)
        {
            var rank = RankOf(work, other);
            if (rank.CompareTo(highest) < 0 || (rank == highest && string.CompareOrdinal(nodes.NameOf(other), nodes.NameOf(owner)) < 0)) continue;
            (owner, highest) = (other, rank);
        }

        return owner;
    }

    public bool IsMine(string work) => OwnerOf(work).IsLocal;

    private (bool Stays, ulong Hash) RankOf(string work, NodeId node) => (!drain.IsDraining(node), HashOf(work, nodes.NameOf(node)));

    private static ulong HashOf(string work, string node) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{work}/{node}")));
}
