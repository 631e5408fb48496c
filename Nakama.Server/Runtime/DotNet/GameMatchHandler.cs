using Nakama.GameLogic.Matches;
using Nakama.Server.Matches;

namespace Nakama.Server.Runtime.DotNet;

/// <summary>Runs the handler of a C# game for one match. The services of its constructor live as long as the match.</summary>
internal sealed class GameMatchHandler(MatchHandler handler, AsyncServiceScope scope, MatchContext context) : IMatchHandler
{
    private readonly GameMatch _match = new(context);
    private readonly GameMatchMessages _messages = new();

    public async ValueTask<MatchStart> InitAsync(Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var (tickRate, label) = await handler.BeginAsync(_match.At(0, cancellationToken), parameters);
        return new MatchStart(tickRate, label);
    }

    public async ValueTask<MatchJoinDecision> JoinAttemptAsync(long tick, Matches.MatchJoinAttempt attempt, CancellationToken cancellationToken)
    {
        var (continues, isAccepted, reason) = await handler.DecideAsync(_match.At(tick, cancellationToken), new Nakama.GameLogic.Matches.MatchJoinAttempt(
            attempt.Presence, attempt.Metadata, attempt.Vars, attempt.Expiry > 0 ? DateTimeOffset.FromUnixTimeSeconds(attempt.Expiry) : null,
            attempt.ClientIp, attempt.ClientPort));
        return new MatchJoinDecision(continues, isAccepted, reason);
    }

    public ValueTask<bool> JoinAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        handler.AddAsync(_match.At(tick, cancellationToken), presences);

    public ValueTask<bool> LeaveAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken) =>
        handler.RemoveAsync(_match.At(tick, cancellationToken), presences);

    public ValueTask<bool> LoopAsync(long tick, IReadOnlyList<Matches.MatchMessage> messages, CancellationToken cancellationToken) =>
        handler.TickAsync(_match.At(tick, cancellationToken), _messages.Of(messages));

    public ValueTask<bool> TerminateAsync(long tick, int graceSeconds, CancellationToken cancellationToken) =>
        handler.EndAsync(_match.At(tick, cancellationToken), TimeSpan.FromSeconds(graceSeconds));

    public async ValueTask<MatchSignalAnswer> SignalAsync(long tick, string data, CancellationToken cancellationToken)
    {
        var (continues, answer) = await handler.AnswerAsync(_match.At(tick, cancellationToken), data);
        return new MatchSignalAnswer(continues, answer);
    }

    public string DescribeState() => handler.Describe();

    public async ValueTask DisposeAsync()
    {
        if (handler is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else if (handler is IDisposable disposable) disposable.Dispose();
        await scope.DisposeAsync();
    }
}
