namespace Nakama.Server.Cluster;

/// <summary>
/// Says which node does a piece of work that is to be done once, however many nodes there are. As long as a node is alone
/// all work is its own; with several, each piece belongs to the one that all of them agree upon.
/// </summary>
public sealed class WorkOwner(LocalNode node)
{
    /// <summary>The name of the node that does the work.</summary>
    /// <param name="work">What tells this piece from others, such as the id of what is worked on.</param>
    public string OwnerOf(string work)
    {
        ArgumentException.ThrowIfNullOrEmpty(work);
        return node.Name;
    }

    public bool IsMine(string work) => OwnerOf(work) == node.Name;
}
