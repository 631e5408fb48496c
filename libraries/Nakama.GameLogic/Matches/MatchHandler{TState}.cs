namespace Nakama.GameLogic.Matches;

/// <summary>
/// The rules of a match. The server makes one handler for each match, injects the services of its constructor, and calls it for one
/// thing at a time: fields and the state need no lock. An exception ends the match and disconnects its members. A null state ends
/// the match and leaves them connected.
/// </summary>
/// <typeparam name="TState">The type of the state, which is passed to every call and kept by reference.</typeparam>
/// <example><code>
/// public sealed class Lobby : MatchHandler&lt;LobbyState&gt;
/// {
///     public override ValueTask&lt;MatchStart&lt;LobbyState&gt;&gt; InitAsync(IMatch match, IReadOnlyDictionary&lt;string, object?&gt; parameters) =>
///         new(new MatchStart&lt;LobbyState&gt;(new LobbyState(), TickRate: 5));
///
///     public override ValueTask&lt;LobbyState?&gt; LoopAsync(IMatch match, LobbyState state, IReadOnlyList&lt;MatchMessage&gt; messages)
///     {
///         foreach (var message in messages) match.Broadcast(message.OpCode, message.Data.Span, sender: message.Sender);
///         return new(state);
///     }
/// }
/// </code></example>
public abstract class MatchHandler<TState> : MatchHandler
    where TState : class
{
    private TState? _state;

    /// <summary>Begins the match. Nothing can be sent yet.</summary>
    /// <param name="match">The match.</param>
    /// <param name="parameters">What was passed when the match was created.</param>
    /// <exception cref="GameException">The match cannot begin; who creates it gets the message.</exception>
    public abstract ValueTask<MatchStart<TState>> InitAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters);

    /// <summary>Decides whether a session may join; without an override everybody may.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="attempt">The session and what it sent.</param>
    public virtual ValueTask<MatchJoinDecision<TState>> JoinAttemptAsync(IMatch match, TState state, MatchJoinAttempt attempt) =>
        new(new MatchJoinDecision<TState>(state, IsAccepted: true));

    /// <summary>Sessions have joined.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="presences">The sessions.</param>
    public virtual ValueTask<TState?> JoinAsync(IMatch match, TState state, IReadOnlyList<IMatchPresence> presences) => new(state);

    /// <summary>Sessions have left.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="presences">The sessions, with the reason.</param>
    public virtual ValueTask<TState?> LeaveAsync(IMatch match, TState state, IReadOnlyList<IMatchPresence> presences) => new(state);

    /// <summary>One tick.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="messages">The messages since the last tick in order of arrival; valid until the call completes.</param>
    public abstract ValueTask<TState?> LoopAsync(IMatch match, TState state, IReadOnlyList<MatchMessage> messages);

    /// <summary>The node stops. Ticks go on until the grace period is over or the match ends.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="grace">The time that is left.</param>
    public virtual ValueTask<TState?> TerminateAsync(IMatch match, TState state, TimeSpan grace) => new(state);

    /// <summary>Game logic sends data to the match and waits for the answer.</summary>
    /// <param name="match">The match.</param>
    /// <param name="state">The state.</param>
    /// <param name="data">The data.</param>
    public virtual ValueTask<MatchSignalAnswer<TState>> SignalAsync(IMatch match, TState state, string data) => new(new MatchSignalAnswer<TState>(state));

    /// <summary>The state as operators see it in the console.</summary>
    /// <param name="state">The state.</param>
    public virtual string DescribeState(TState state) => state.ToString() ?? "";

    internal sealed override async ValueTask<(int TickRate, string Label)> BeginAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters)
    {
        var start = await InitAsync(match, parameters);
        _state = start.State ?? throw new InvalidOperationException("Match initial state must not be nil");
        return (start.TickRate, start.Label ?? "");
    }

    internal sealed override async ValueTask<(bool Continues, bool IsAccepted, string Reason)> DecideAsync(IMatch match, MatchJoinAttempt attempt)
    {
        var decision = await JoinAttemptAsync(match, _state!, attempt);
        return (Keep(decision.State), decision.IsAccepted, decision.Reason ?? "");
    }

    internal sealed override ValueTask<bool> AddAsync(IMatch match, IReadOnlyList<IMatchPresence> presences) => KeepAsync(JoinAsync(match, _state!, presences));

    internal sealed override ValueTask<bool> RemoveAsync(IMatch match, IReadOnlyList<IMatchPresence> presences) =>
        KeepAsync(LeaveAsync(match, _state!, presences));

    internal sealed override ValueTask<bool> TickAsync(IMatch match, IReadOnlyList<MatchMessage> messages) => KeepAsync(LoopAsync(match, _state!, messages));

    internal sealed override ValueTask<bool> EndAsync(IMatch match, TimeSpan grace) => KeepAsync(TerminateAsync(match, _state!, grace));

    internal sealed override async ValueTask<(bool Continues, string Data)> AnswerAsync(IMatch match, string data)
    {
        var answer = await SignalAsync(match, _state!, data);
        return (Keep(answer.State), answer.Data ?? "");
    }

    internal sealed override string Describe() => _state is { } state ? DescribeState(state) : "";

    private ValueTask<bool> KeepAsync(ValueTask<TState?> call)
    {
        return call.IsCompletedSuccessfully ? new(Keep(call.Result)) : AwaitAsync(call);

        async ValueTask<bool> AwaitAsync(ValueTask<TState?> running) => Keep(await running);
    }

    /// <summary>Keeps the state for the next call; false when there is none.</summary>
    private bool Keep(TState? state)
    {
        if (state is null) return false;
        _state = state;
        return true;
    }
}
