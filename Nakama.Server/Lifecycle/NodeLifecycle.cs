namespace Nakama.Server.Lifecycle;

/// <summary>
/// The phase of this node, checked by everything that accepts clients. Phases only advance, and each begins once.
/// </summary>
public sealed class NodeLifecycle : IDisposable
{
    /// <summary>How long connections that do not end by themselves stay open in <see cref="NodePhase.Closing"/>.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long a stop may take beyond the grace period.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The exit code of a process that is to be started again.</summary>
    public const int RestartExitCode = 75;

    /// <summary>The error message for clients that connect too late.</summary>
    public const string Refusal = "The server is shutting down.";

    private readonly CancellationTokenSource _closing = new();
    private volatile IReadOnlySet<Guid>? _expected;
    private int _phase = (int)NodePhase.Starting;
    private volatile bool _isLost;

    public NodePhase Phase => (NodePhase)Volatile.Read(ref _phase);

    /// <summary>
    /// Whether the node has lost its cluster: it stops at once, since the others count it as gone, and the process is to be started
    /// again.
    /// </summary>
    public bool IsLost => _isLost;

    /// <summary>
    /// Whether a client may open a session: a WebSocket, a hub connection, a UDP login. Listeners open last at start, so a
    /// client may connect shortly before the node is marked as ready.
    /// </summary>
    public bool AcceptsSessions => Phase <= NodePhase.Ready;

    /// <summary>Whether this user may open a session: also while the node drains, if <see cref="KeepAccepting"/> names the user.</summary>
    public bool AcceptsSessionOf(Guid userId) =>
        AcceptsSessions || (Phase == NodePhase.Draining && _expected is { } expected && expected.Contains(userId));

    /// <summary>Whether new connections are served.</summary>
    public bool AcceptsConnections => Phase < NodePhase.Closing;

    /// <summary>Cancelled when <see cref="NodePhase.Closing"/> begins.</summary>
    public CancellationToken Closing => _closing.Token;

    /// <summary>Names the users whose matches go on until the node closes, so that they may reconnect.</summary>
    public void KeepAccepting(IReadOnlySet<Guid> userIds) => _expected = userIds;

    /// <summary>Marks the node as lost, before it is stopped; false when it is stopping already.</summary>
    public bool TryLose()
    {
        if (Phase >= NodePhase.Draining || _isLost) return false;
        return _isLost = true;
    }

    public void Dispose() => _closing.Dispose();

    /// <summary>Advances to a later phase; false when the node is already in it or beyond it.</summary>
    public bool TryEnter(NodePhase next)
    {
        var phase = Volatile.Read(ref _phase);
        while (phase < (int)next)
        {
            var seen = Interlocked.CompareExchange(ref _phase, (int)next, phase);
            if (seen != phase)
            {
                phase = seen;
                continue;
            }

            if (phase < (int)NodePhase.Closing && next >= NodePhase.Closing) _closing.Cancel();
            return true;
        }

        return false;
    }
}
