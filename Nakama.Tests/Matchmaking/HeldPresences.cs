using System.Collections;
using Nakama.Server.Matchmaking;

namespace Nakama.Tests.Matchmaking;

/// <summary>
/// The players of a ticket, which hold whoever looks at them next until the test lets go. A round looks at them within its
/// search, to see whether two tickets share a session.
/// </summary>
internal sealed class HeldPresences(params MatchmakerPresence[] presences) : IReadOnlyList<MatchmakerPresence>, IDisposable
{
    private readonly TaskCompletionSource _isReached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _isFree = new();
    private int _isArmed;

    public int Count => presences.Length;

    /// <summary>Completes when someone is held.</summary>
    public Task Reached => _isReached.Task;

    public MatchmakerPresence this[int index] => presences[index];

    public void HoldNext() => Volatile.Write(ref _isArmed, 1);

    public void LetGo() => _isFree.Set();

    public IEnumerator<MatchmakerPresence> GetEnumerator()
    {
        if (Interlocked.Exchange(ref _isArmed, 0) == 1)
        {
            _isReached.SetResult();
            _isFree.Wait();
        }

        return ((IEnumerable<MatchmakerPresence>)presences).GetEnumerator();
    }

    public void Dispose()
    {
        LetGo();
        _isFree.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
