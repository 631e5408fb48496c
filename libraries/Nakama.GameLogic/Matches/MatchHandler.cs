namespace Nakama.GameLogic.Matches;

/// <summary>The base of all match handlers; games derive from <see cref="MatchHandler{TState}"/>.</summary>
public abstract class MatchHandler
{
    private protected MatchHandler()
    {
    }

    internal abstract ValueTask<(int TickRate, string Label)> BeginAsync(IMatch match, IReadOnlyDictionary<string, object?> parameters);

    internal abstract ValueTask<(bool Continues, bool IsAccepted, string Reason)> DecideAsync(IMatch match, MatchJoinAttempt attempt);

    internal abstract ValueTask<bool> AddAsync(IMatch match, IReadOnlyList<IMatchPresence> presences);

    internal abstract ValueTask<bool> RemoveAsync(IMatch match, IReadOnlyList<IMatchPresence> presences);

    internal abstract ValueTask<bool> TickAsync(IMatch match, IReadOnlyList<MatchMessage> messages);

    internal abstract ValueTask<bool> EndAsync(IMatch match, TimeSpan grace);

    internal abstract ValueTask<(bool Continues, string Data)> AnswerAsync(IMatch match, string data);

    internal abstract string Describe();
}
