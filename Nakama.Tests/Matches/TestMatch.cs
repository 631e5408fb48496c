using System.Collections.Concurrent;
using Nakama.Server.Matches;

namespace Nakama.Tests.Matches;

/// <summary>A match handler that notes its calls and does what a test tells it.</summary>
internal sealed class TestMatch(string label = "", int tickRate = 10) : IMatchHandler
{
    private readonly ConcurrentQueue<string> _calls = new();

    public MatchContext Context { get; set; } = null!;

    public IMatchExecutor? Executor { get; init; }

    public string Id => Context.MatchId;

    public MatchDispatcher Dispatcher => Context.Dispatcher;

    /// <summary>The calls so far: the name, the tick, and what the call was about.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>The calls except loops without messages.</summary>
    public IReadOnlyList<string> Story => [.. _calls.Where(static call => !call.StartsWith("loop", StringComparison.Ordinal) || !call.EndsWith(' '))];

    public int LoopCount => _calls.Count(static call => call.StartsWith("loop", StringComparison.Ordinal));

    public bool IsReleased { get; private set; }

    public Dictionary<string, object?>? Parameters { get; private set; }

    public MatchJoinAttempt? Attempt { get; private set; }

    public IReadOnlyList<MatchMessage> Messages { get; private set; } = [];

    public Func<MatchStart>? OnInit { get; init; }

    public Func<MatchJoinAttempt, ValueTask<MatchJoinDecision>> OnAttempt { get; set; } = static _ => new(new MatchJoinDecision(true, true));

    public Func<IReadOnlyList<MatchPresence>, bool> OnJoin { get; set; } = static _ => true;

    public Func<IReadOnlyList<MatchPresence>, ValueTask<bool>> OnLeave { get; set; } = static _ => new(true);

    public Func<long, ValueTask<bool>> OnLoop { get; set; } = static _ => new(true);

    public Func<bool> OnTerminate { get; set; } = static () => true;

    public Func<string, ValueTask<MatchSignalAnswer>> OnSignal { get; set; } = static data => new(new MatchSignalAnswer(true, "re:" + data));

    public ValueTask<MatchStart> InitAsync(Dictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        Parameters = parameters;
        return new(OnInit?.Invoke() ?? new MatchStart(tickRate, label));
    }

    public ValueTask<MatchJoinDecision> JoinAttemptAsync(long tick, MatchJoinAttempt attempt, CancellationToken cancellationToken)
    {
        Attempt = attempt;
        Note("attempt", tick, attempt.Presence.Username);
        return OnAttempt(attempt);
    }

    public ValueTask<bool> JoinAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken)
    {
        Note("join", tick, Names(presences));
        return new(OnJoin(presences));
    }

    public ValueTask<bool> LeaveAsync(long tick, IReadOnlyList<MatchPresence> presences, CancellationToken cancellationToken)
    {
        Note("leave", tick, Names(presences));
        return OnLeave(presences);
    }

    public ValueTask<bool> LoopAsync(long tick, IReadOnlyList<MatchMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count > 0) Messages = [.. messages];
        Note("loop", tick, string.Join(',', messages.Select(static message => $"{message.Sender.Username}:{message.OpCode}")));
        return OnLoop(tick);
    }

    public ValueTask<bool> TerminateAsync(long tick, int graceSeconds, CancellationToken cancellationToken)
    {
        Note("terminate", tick, graceSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new(OnTerminate());
    }

    public ValueTask<MatchSignalAnswer> SignalAsync(long tick, string data, CancellationToken cancellationToken)
    {
        Note("signal", tick, data);
        return OnSignal(data);
    }

    public Func<string> OnDescribe { get; set; } = static () => "state";

    public string DescribeState() => OnDescribe();

    public ValueTask DisposeAsync()
    {
        IsReleased = true;
        return default;
    }

    private static string Names(IReadOnlyList<MatchPresence> presences) =>
        string.Join(',', presences.Select(static presence => $"{presence.Username}:{(int)presence.Reason}"));

    private void Note(string call, long tick, string subject) => _calls.Enqueue($"{call} {tick} {subject}");
}
