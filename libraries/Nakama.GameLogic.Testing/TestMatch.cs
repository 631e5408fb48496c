using System.Text;
using Nakama.GameLogic.Functions;
using Nakama.GameLogic.Matches;

namespace Nakama.GameLogic.Testing;

/// <summary>A match that runs when the test says so. Its rules are those of the server: calls never overlap, deferred messages follow their call.</summary>
public sealed partial class TestMatch
{
    private readonly MatchHandler _handler;
    private readonly SteppedTimeProvider _clock;
    private readonly List<TestSession> _members = [];
    private readonly List<MatchMessage> _inbox = [];
    private readonly List<(TestMessage Message, IReadOnlyList<IMatchPresence>? Receivers)> _deferred = [];
    private readonly List<TestSession> _kicked = [];
    private readonly View _view;

    internal TestMatch(string matchId, string handlerName, MatchHandler handler, SteppedTimeProvider clock)
    {
        (MatchId, HandlerName, _handler, _clock) = (matchId, handlerName, handler, clock);
        _view = new View(this);
    }

    /// <summary>The id of the match.</summary>
    public string MatchId { get; }

    /// <summary>The name under which the handler is registered.</summary>
    public string HandlerName { get; }

    /// <summary>The label.</summary>
    public string Label { get; private set; } = "";

    /// <summary>The ticks per second.</summary>
    public int TickRate { get; private set; }

    /// <summary>The number of the next loop.</summary>
    public long Tick { get; private set; }

    /// <summary>Whether the match has ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>What the handler has thrown, which ended the match; null without a failure.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The members in the order in which they joined.</summary>
    public IReadOnlyList<TestSession> Members => _members;

    /// <summary>The handler's description of its state, as the console shows it.</summary>
    public string State => _handler.Describe();

    /// <summary>Asks to join. The result says whether the session was accepted, and what a rejected client is told.</summary>
    public async Task<(bool IsAccepted, string Reason)> JoinAsync(TestSession session, params (string Name, string Value)[] metadata)
    {
        if (IsEnded) return (false, "Match not found");
        if (_members.Contains(session)) return (true, "");
        var attempt = new MatchJoinAttempt(
            session, metadata.ToDictionary(static entry => entry.Name, static entry => entry.Value), session.Vars, null, "127.0.0.1", "1");
        var (isAccepted, reason) = (false, "");
        await RunAsync(async () =>
        {
            (var continues, isAccepted, reason) = await _handler.DecideAsync(_view, attempt);
            return continues;
        });
        if (IsEnded || !isAccepted) return (false, reason.Length > 0 && !IsEnded ? reason : "Match join rejected");
        _members.Add(session);
        await RunAsync(() => _handler.AddAsync(_view, [session]));
        return (!IsEnded, "");
    }

    /// <summary>Leaves the match.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">Why.</param>
    public async Task LeaveAsync(TestSession session, PresenceReason reason = PresenceReason.Leave)
    {
        if (!IsEnded && _members.Remove(session)) await RunAsync(() => _handler.RemoveAsync(_view, [new Gone(session, reason)]));
    }

    /// <summary>Sends data, which the match gets with the next tick. Data of sessions that are not members is ignored.</summary>
    public void Send(TestSession session, long opCode, string data) => Send(session, opCode, Encoding.UTF8.GetBytes(data));

    /// <inheritdoc cref="Send(TestSession, long, string)"/>
    public void Send(TestSession session, long opCode, ReadOnlyMemory<byte> data)
    {
        if (!IsEnded && _members.Contains(session)) _inbox.Add(new MatchMessage(session, opCode, data.ToArray(), true, _clock.GetUtcNow()));
    }

    /// <summary>Moves the clock from tick to tick and runs the loop each time, until the match ends.</summary>
    /// <param name="count">The number of ticks.</param>
    public async Task TickAsync(int count = 1)
    {
        for (var i = 0; i < count && !IsEnded; i++)
        {
            _clock.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerSecond / TickRate));
            MatchMessage[] messages = [.. _inbox];
            _inbox.Clear();
            await RunAsync(() => _handler.TickAsync(_view, messages));
            Tick++;
        }
    }

    /// <summary>Sends data to the handler and returns its answer.</summary>
    /// <exception cref="NakamaException">The match has ended, or ends with this call.</exception>
    public async Task<string> SignalAsync(string data = "")
    {
        var answer = "";
        if (!IsEnded)
        {
            await RunAsync(async () =>
            {
                (var continues, answer) = await _handler.AnswerAsync(_view, data);
                return continues;
            });
            if (!IsEnded) return answer;
            throw new NakamaException("match_signal", $"failed to signal match: {NakamaReasons.MatchBusy}", NakamaReasons.MatchBusy);
        }

        throw new NakamaException("match_signal", $"failed to signal match: {NakamaReasons.MatchNotFound}", NakamaReasons.MatchNotFound);
    }

    /// <summary>Tells the handler that the node stops.</summary>
    /// <param name="grace">The time that is left.</param>
    public Task TerminateAsync(TimeSpan grace) => RunAsync(() => _handler.EndAsync(_view, grace));

    internal async Task BeginAsync(IReadOnlyDictionary<string, object?> parameters)
    {
        (TickRate, Label) = await _handler.BeginAsync(_view, parameters);
        if (TickRate is < 1 or > 60) throw new InvalidOperationException("match init returned invalid tick rate, must be between 1 and 60");
        CheckLabel(Label);
    }

    private static void CheckLabel(string label)
    {
        if (Encoding.UTF8.GetByteCount(label) > 2048) throw new MatchOperationException("match label too long, must be 0-2048 bytes");
    }

    /// <summary>Runs a call of the handler, sends its deferred messages, and lets the members leave that it has removed.</summary>
    private async Task RunAsync(Func<ValueTask<bool>> call)
    {
        if (IsEnded) return;
        try
        {
            IsEnded = !await call();
            foreach (var (message, receivers) in _deferred) Deliver(message, receivers);
            _deferred.Clear();
        }
        catch (Exception e)
        {
            (IsEnded, Failure) = (true, e);
            foreach (var member in _members) member.IsDisconnected = true;
        }

        if (IsEnded || _kicked.Count == 0) return;
        Gone[] gone = [.. _kicked.Where(_members.Remove).Select(static member => new Gone(member, PresenceReason.Leave))];
        _kicked.Clear();
        if (gone.Length > 0) await RunAsync(() => _handler.RemoveAsync(_view, gone));
    }

    private void Deliver(TestMessage message, IReadOnlyList<IMatchPresence>? receivers)
    {
        foreach (var member in _members)
        {
            if (receivers is null || receivers.Any(receiver => receiver.SessionId == member.SessionId)) member.Receive(message);
        }
    }

    private sealed record Gone(TestSession Session, PresenceReason Reason) : IMatchPresence
    {
        public Guid UserId => Session.UserId;

        public Guid SessionId => Session.SessionId;

        public string Username => Session.Username;

        public string Node => Session.Node;
    }
}
