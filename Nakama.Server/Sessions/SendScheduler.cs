using System.Collections.Concurrent;

namespace Nakama.Server.Sessions;

/// <summary>A source of outgoing bytes.</summary>
public interface ISendSource
{
    /// <summary>Sends the waiting data without blocking. Never runs concurrently for one source.</summary>
    /// <param name="scratch">Buffer for combining small messages; only valid during the call.</param>
    void Flush(SendScratch scratch);
}

/// <summary>Memory that a send worker provides to the session that is sending.</summary>
public sealed class SendScratch
{
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(32 * 1024, pinned: true);

    public byte[]?[] Frames { get; } = new byte[]?[64];
}

/// <summary>
/// Sends for all sessions. A session with data to send is queued on a send worker once; a small number of workers process
/// their sessions one after the other. Under load, messages accumulate while the worker is busy and are sent together in one
/// system call; a burst to many sessions wakes a worker once, not each session.
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

    /// <summary>The send worker for a new session.</summary>
    public Lane Assign() => _lanes[(uint)Interlocked.Increment(ref _next) % (uint)_lanes.Length];

    /// <summary>
    /// A send worker with its queue, which is bounded by the number of its sessions: each is queued at most once.
    /// </summary>
    public sealed class Lane : IThreadPoolWorkItem
    {
        // After this many sessions the worker yields to other work of the thread pool.
        private const int TurnLength = 512;

        private readonly ConcurrentQueue<ISendSource> _waiting = new();
        private readonly SendScratch _scratch = new();
        private int _isScheduled;

        /// <summary>Schedules a flush of <paramref name="source"/>. The source ensures that it is queued at most once.</summary>
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
                    // A source may have been queued between the check and the exchange; the thread that sets the flag continues.
                    if (_waiting.IsEmpty || Interlocked.Exchange(ref _isScheduled, 1) != 0) return;
                    continue;
                }
                source.Flush(_scratch);
            }
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
