using Nakama.Server.Search.Text;

namespace Nakama.Server.ConsoleApi.FullText;

/// <summary>
/// The full-text index of this node as searches see it. It is opened by the follower after the first search, and followed for
/// some time after each.
/// </summary>
internal sealed class FullTextIndex(ConsoleOptions options, IEnumerable<ITextSource> sources, TimeProvider time) : IDisposable
{
    /// <summary>How long after a search the index is kept up to date.</summary>
    public static readonly TimeSpan FollowedFor = TimeSpan.FromMinutes(10);

    private const long Never = -1;
    private const long Mebibyte = 1024 * 1024;

    private readonly ReaderWriterLockSlim _gate = new();
    private TextIndex? _open;
    private TextIndexException? _damage;
    private long _askedAt = Never;
    private TaskCompletionSource _round = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<FullTextProgress> Progress { get; } = [.. sources.Select(static source => new FullTextProgress(source))];

    public bool IsOn => options.SearchMaxMb > 0;

    public long MaxBytes => options.SearchMaxMb * Mebibyte;

    /// <summary>Whether someone has searched lately.</summary>
    public bool IsAsked => Interlocked.Read(ref _askedAt) is var at && at != Never && time.GetElapsedTime(at) < FollowedFor;

    /// <summary>Completes with the round of the follower that runs now.</summary>
    public Task NextRound => Volatile.Read(ref _round).Task;

    public void Ask() => Interlocked.Exchange(ref _askedAt, time.GetTimestamp());

    public void EndRound() =>
        Interlocked.Exchange(ref _round, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Hands an index to the searches; null takes the current one from them. Returns the one before.</summary>
    public TextIndex? Use(TextIndex? opened)
    {
        _gate.EnterWriteLock();
        try
        {
            var before = _open;
            (_open, _damage) = (opened, null);
            return before;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>The damage that a search has met; null when there is none. To be called once for each.</summary>
    public TextIndexException? TakeDamage() => Interlocked.Exchange(ref _damage, null);

    /// <summary>Reads the index; the default when it is not open, or damaged, which is left to the follower.</summary>
    public T? Read<T>(Func<TextIndex, T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return _open is { } opened ? read(opened) : default;
        }
        catch (TextIndexException e)
        {
            Volatile.Write(ref _damage, e);
            return default;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>How long ago everything that had changed in the rows of these kinds was taken in; null before the first time.</summary>
    public TimeSpan? AgeOf(IReadOnlyCollection<string> kinds)
    {
        var oldest = TimeSpan.Zero;
        foreach (var progress in Progress)
        {
            if (!kinds.Contains(progress.Source.Kind)) continue;
            if (progress.CaughtUpAt is not { } at) return null;
            if (time.GetElapsedTime(at) is var age && age > oldest) oldest = age;
        }

        return oldest;
    }

    public void Dispose()
    {
        Use(null)?.Dispose();
        _gate.Dispose();
    }
}
