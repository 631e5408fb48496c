namespace Nakama.Server.Matches;

/// <summary>Where the calls of some matches run, if that is not the thread pool.</summary>
public interface IMatchExecutor
{
    /// <summary>Queues a turn; never waits.</summary>
    void Queue(IMatchTurn turn);
}

/// <summary>What waits in a match. Runs until nothing is left.</summary>
public interface IMatchTurn : IThreadPoolWorkItem
{
    /// <summary>Ends the match because its turn, which may still be running, does not stop.</summary>
    void Abandon(Exception error);
}
