using System.Collections.Concurrent;

namespace Nakama.Server.Sessions;

/// <summary>Has bytes to send.</summary>
public interface ISendSource
{
    /// <summary>Sends what waits, without blocking. Never runs twice at once for one source.</summary>
    /// <param name="scratch">Room to put small messages together; only valid during the call.</param>
    void Flush(SendScratch scratch);
}

/// <summary>Memory that a lane lends to the session that is sending.</summary>
public sealed class SendScratch
{
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(32 * 1024, pinned: true);

    public byte[]?[] Frames { get; } = new byte[]?[64];
}

/// <summary>
/// Sends for all sessions. A session with something to send is put on a lane once; a few lanes go through theirs one
/// after the other. Under load messages gather while the lane is busy, so that they leave together in one system call;
/// a burst to many sessions wakes a lane once, not each session.
/// </summary>
public sealed class SendScheduler
{
    private readonly Lane[] _lanes;
    private int _next;

    public SendScheduler()
        : this(Math.Clamp(Environment.ProcessorCount / 2, 1, 16))
    {
    }

    internal SendScheduler(int count)
    {
        _lanes = new Lane[count];
        for (var i = 0; i < count; i++) _lanes[i] = new Lane();
    }

    /// <summary>The lane for a new session.</summary>
    public Lane Assign() => _lanes[(uint)Interlocked.Increment(ref _next) % (uint)_lanes.Length];

    /// <summary>One sender. Its queue is bounded by its sessions: each waits in it at most once.</summary>
    public sealed class Lane : IThreadPoolWorkItem
    {
        // After this many sessions other work of the thread pool gets its turn.
        private const int TurnLength = 512;

        private readonly ConcurrentQueue<ISendSource> _waiting = new();
        private readonly SendScratch _scratch = new();
        private int _isScheduled;

        /// <summary>Sends for <paramref name="source"/> soon. The source takes care to be here at most once.</summary>
        public void Schedule(ISendSource source)
        {
            _waiting.Enqueue(source);
            if (Interlocked.Exchange(ref _isScheduled, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        void IThreadPoolWorkItem.Execute()
        {
            for (var i = 0; i < TurnLength; i++)
            {
                if (!_waiting.TryDequeue(out var source))
                {
                    Interlocked.Exchange(ref _isScheduled, 0);
                    // Someone may have come between the look and the exchange; whoever takes the mark goes on.
                    if (_waiting.IsEmpty || Interlocked.Exchange(ref _isScheduled, 1) != 0) return;
                    continue;
                }
                source.Flush(_scratch);
            }
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
