using System.Collections.Concurrent;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Server.Cluster.Links;

/// <summary>The links to all other members.</summary>
internal sealed class PeerLinks(LinkContext context) : INodeTransport, IAsyncDisposable
{
    private static readonly TimeSpan MemberTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MemberCheckPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, PeerLink> _links = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    // The members, among them those whose link waits for the end of a former one of their name.
    private readonly Dictionary<string, ClusterMember> _members = new(StringComparer.Ordinal);
    private Task _lastEnd = Task.CompletedTask;
    private INodeListener? _listener;
    private bool _isClosed;

    /// <summary>The other members and whether there is a connection to each.</summary>
    public IReadOnlyCollection<PeerLink> All => [.. _links.Values];

    public void Start(INodeListener listener) => _listener = listener;

    public bool TrySend(string node, byte[] frame, bool isDroppable) => _links.TryGetValue(node, out var link) && link.TrySend(frame, isDroppable);

    public int QueueLength(string node) => _links.TryGetValue(node, out var link) ? link.QueueLength : 0;

    public bool IsConnected(string node) => _links.TryGetValue(node, out var link) && link.IsConnected;

    /// <summary>A node has become a member, maybe under the name of one whose removal is not known yet.</summary>
    public void Add(ClusterMember member)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            if (_members.TryGetValue(member.Name, out var known))
            {
                if (known == member) return;
                Remove(known);
            }

            _members[member.Name] = member;

            // The listener is told of the end of the former node of this name first.
            var before = _lastEnd;
            if (before.IsCompleted) Open();
            else _ = before.ContinueWith(_ => Open(), TaskScheduler.Default);
        }

        void Open()
        {
            lock (_gate)
            {
                if (_isClosed || _members.GetValueOrDefault(member.Name) != member) return;
                var link = new PeerLink(context, member, _listener!);
                _links[member.Name] = link;
                // What the listener sends when it is told of the node is queued already.
                link.Start();
            }
        }
    }

    public void Remove(ClusterMember member)
    {
        lock (_gate)
        {
            if (_members.GetValueOrDefault(member.Name) != member) return;
            _members.Remove(member.Name);
            if (!_links.TryRemove(member.Name, out var link)) return;
            link.Dispose();
            _lastEnd = Task.WhenAll(_lastEnd, link.Completion);
        }
    }

    /// <summary>Serves a connection for messages that another node has opened, until it ends.</summary>
    /// <exception cref="LinkException">The other node is not a member, as far as this node knows.</exception>
    public async Task AcceptAsync(AuthenticatedLink link, CancellationToken cancellationToken)
    {
        // The other node may have learned of the membership first.
        var since = context.Time.GetTimestamp();
        while (true)
        {
            if (_links.TryGetValue(link.Peer.Name, out var known) && known.Member.Incarnation == link.Peer.Incarnation && known.TryAccept(link)) return;
            if (context.Time.GetElapsedTime(since) > MemberTimeout)
                throw new LinkException(LinkErrors.Of(LinkRejection.Types.Reason.NotAMember)) { Reason = LinkRejection.Types.Reason.NotAMember };
            await Task.Delay(MemberCheckPeriod, context.Time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task end;
        lock (_gate)
        {
            _isClosed = true;
            foreach (var member in _members.Values.ToArray()) Remove(member);
            end = _lastEnd;
        }

        await end;
    }
}
