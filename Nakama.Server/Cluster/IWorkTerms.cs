namespace Nakama.Server.Cluster;

/// <summary>
/// Fences the owner of a piece of work. Two nodes may believe for some seconds that they own it: one that was frozen or cut off does
/// not know that another has taken over. So an owner takes a term before it acts, and acts only as long as nobody has taken a later
/// one.
/// </summary>
public interface IWorkTerms
{
    /// <summary>Whether this node owns the work and may act now; takes the next term when it has become the owner.</summary>
    ValueTask<bool> MayActAsync(string work, CancellationToken cancellationToken);

    /// <summary>
    /// Whether the node may still act, some time after <see cref="MayActAsync"/>: false when it was frozen since, or has lost its
    /// cluster. Costs next to nothing.
    /// </summary>
    bool MayStillAct(string work);

    /// <summary>The term that commands of this node carry; 0 when there are no terms.</summary>
    long TermOf(string work);

    /// <summary>Whether a command with this term comes from an owner that another one has replaced.</summary>
    bool IsOutdated(string work, long term);
}

/// <summary>Without a cluster, nobody else can own the work.</summary>
internal sealed class LoneWorkTerms(WorkOwner owner) : IWorkTerms
{
    public bool MayStillAct(string work) => true;

    public ValueTask<bool> MayActAsync(string work, CancellationToken cancellationToken) => new(owner.IsMine(work));

    public long TermOf(string work) => 0;

    public bool IsOutdated(string work, long term) => false;
}
