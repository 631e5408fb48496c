namespace Nakama.Server.Matches;

/// <summary>
/// The game logic of one match, implemented by each language of modules. It keeps the state of the match itself. Calls never
/// overlap, and each passes the number of the next loop as the tick. An exception from any call ends the match and disconnects
/// its members.
/// </summary>
public interface IMatchHandler : IAsyncDisposable
{
    /// <summary>Where the calls run after <see cref="InitAsync"/>; null for the thread pool.</summary>
    IMatchExecutor? Executor => null;

    /// <summary>Creates the state; called once, before any other call. Nothing can be sent yet.</summary>
    /// <param name="parameters">
    /// The values of the creator, owned by the handler: null, bool, long, double, string, byte[], <c>List&lt;object?&gt;</c> and
    /// <c>Dictionary&lt;string, object?&gt;</c>.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the creator gives up.</param>
    /// <exception cref="MatchException">The match cannot begin; the creator gets the message.</exception>
    ValueTask<MatchStart> InitAsync(Dictionary<string, object?> parameters, CancellationToken cancellationToken);

    /// <summary>Decides whether a session may join.</summary>
    ValueTask<MatchJoinDecision> JoinAttemptAsync(long tick, MatchJoinAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Sessions have joined. False ends the match.</summary>
    ValueTask<bool> JoinAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken);

    /// <summary>Sessions have left, each with its reason. False ends the match.</summary>
    ValueTask<bool> LeaveAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken);

    /// <summary>One tick. False ends the match.</summary>
    /// <param name="tick">The number of this loop, from 0.</param>
    /// <param name="messages">The messages since the last loop, in the order of their arrival; valid until the call completes.</param>
    /// <param name="cancellationToken">Cancelled when the match is stopped.</param>
    ValueTask<bool> LoopAsync(long tick, IReadOnlyList<MatchMessage> messages, CancellationToken cancellationToken);

    /// <summary>The node stops; loops go on until the grace period is over or the match ends. False ends the match.</summary>
    ValueTask<bool> TerminateAsync(long tick, int graceSeconds, CancellationToken cancellationToken);

    /// <summary>Game logic sends something to the match and waits for the answer.</summary>
    ValueTask<MatchSignalAnswer> SignalAsync(long tick, string data, CancellationToken cancellationToken);

    /// <summary>The state as operators see it; JSON where the language has it. Called between other calls.</summary>
    string DescribeState();
}

/// <summary>Creates the handlers of one language.</summary>
public interface IMatchHandlerFactory
{
    /// <summary>The version of the code, which its matches keep until they end; empty when it has none.</summary>
    string CodeVersion => "";

    /// <summary>
    /// Creates a handler; null when this language has none of that name. Called once for each match; <see cref="IMatchHandler.InitAsync"/>
    /// follows.
    /// </summary>
    /// <exception cref="MatchException">The handler cannot be created; the creator of the match gets the message.</exception>
    ValueTask<IMatchHandler?> CreateAsync(string name, MatchContext match, CancellationToken cancellationToken);
}
