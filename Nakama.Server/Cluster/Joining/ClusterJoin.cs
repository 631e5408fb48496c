using Nakama.Server.Cluster.Links;
using Nakama.Server.Errors;
using Reason = Nakama.Server.Cluster.Messages.LinkRejection.Types.Reason;

namespace Nakama.Server.Cluster.Joining;

/// <summary>
/// How a node becomes a member: it takes its name, looks for members, and joins them; if there are none, the node that has started
/// first begins a cluster. That decision is made in the database, wherever other nodes are looked for, so that there are never two.
/// </summary>
internal sealed class ClusterJoin(
    ClusterNodeStore store, NodeDiscovery discovery, LinkDialer dialer, LinkIdentity self, TimeProvider time, ILogger<ClusterJoin> logger)
{
    private static readonly TimeSpan NamePatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Takes the name of this node.</summary>
    /// <returns>The incarnation.</returns>
    /// <exception cref="StartupException">Another node has the name and is alive.</exception>
    public async Task<long> ClaimNameAsync(string address, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        long? gone = null;
        var isReported = false;
        while (true)
        {
            var (incarnation, holder) = await store.ClaimAsync(self.Name, address, gone, cancellationToken);
            if (holder is null) return incarnation;
            if (!isReported) JoiningLog.NameMayBeTaken(logger, holder.Name, holder.Address);
            isReported = true;
            if (!await AnswersAsync(holder, cancellationToken))
            {
                gone = holder.Incarnation;
                continue;
            }

            if (time.GetElapsedTime(since) > NamePatience)
                throw new StartupException($"The name {self.Name} is taken by the node at {holder.Address}, which answers; names of nodes in a cluster must differ.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Joins the members that are there, or begins a cluster.</summary>
    /// <exception cref="StartupException">The members refuse this node for good.</exception>
    public async Task JoinAsync(ICluster cluster, ClusterMember member, CancellationToken cancellationToken)
    {
        var reportedAt = time.GetTimestamp();
        while (true)
        {
            var rows = await store.ListAsync(cancellationToken);
            var members = await FindMembersAsync(rows, member, cancellationToken);
            if (members.Count > 0)
            {
                JoiningLog.Joining(logger, string.Join(", ", members));
                if (await cluster.JoinAsync(members, cancellationToken)) return;
            }
            else if (IsFirst(rows, member) && await store.FoundAsync(member.Name, member.Incarnation, cancellationToken))
            {
                JoiningLog.Founding(logger);
                if (await cluster.JoinAsync([member.Address], cancellationToken)) return;
            }

            if (time.GetElapsedTime(reportedAt) > ReportPeriod)
            {
                reportedAt = time.GetTimestamp();
                JoiningLog.NotYet(logger, members.Count > 0 ? "the members do not answer" : "no other node is a member yet");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Whether of the nodes that are starting this one has started first; never while a row of another says that there is a cluster.</summary>
    private static bool IsFirst(List<NodeRow> rows, ClusterMember member) =>
        // Rows are in the order of their incarnations.
        rows.Find(static row => row.IsFresh)?.Name == member.Name && !rows.Exists(row => row.Name != member.Name && row is { IsFresh: true, IsUp: true });

    /// <summary>The addresses of nodes that say that they are members.</summary>
    private async Task<List<string>> FindMembersAsync(List<NodeRow> rows, ClusterMember member, CancellationToken cancellationToken)
    {
        // Rows that were not renewed count, too: the database may have been away while the cluster was not.
        IEnumerable<string> candidates = discovery.UsesDatabase
            ? rows.Where(static row => row.IsUp).Select(static row => row.Address)
            : await discovery.FindAsync(NodeAddress.Parse(member.Address).Port, cancellationToken);
        var asked = candidates.Where(address => address != member.Address).Distinct().Select(async address =>
        {
            try
            {
                var peer = await dialer.ProbeAsync(address, cancellationToken);
                return peer.IsUp && peer.Name != member.Name ? address : null;
            }
            catch (LinkException e)
            {
                if (e.Reason is Reason.WrongSecret) throw new StartupException($"The node at {address} has another cluster.secret than this one.");
                if (e.Reason is Reason.WrongVersion)
                    throw new StartupException($"The node at {address} has another version of the messages between nodes than this one.");
                return null;
            }
        });
        return [.. (await Task.WhenAll(asked)).OfType<string>()];
    }

    /// <summary>Whether the holder of a name is alive.</summary>
    private async Task<bool> AnswersAsync(NodeRow holder, CancellationToken cancellationToken)
    {
        try
        {
            var peer = await dialer.ProbeAsync(holder.Address, cancellationToken);
            return peer.Name == holder.Name;
        }
        catch (LinkException e)
        {
            // It is there, whatever it thinks of this node.
            if (e.Reason is Reason.WrongSecret) throw new StartupException($"The node at {holder.Address} has another cluster.secret than this one.");
            return e.Reason is Reason.NotReady or Reason.WrongVersion;
        }
    }
}
