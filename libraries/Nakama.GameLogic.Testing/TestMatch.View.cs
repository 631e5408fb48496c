using Nakama.GameLogic.Matches;

namespace Nakama.GameLogic.Testing;

/// <content>The match as its handler sees it.</content>
public sealed partial class TestMatch
{
    private const int MaxDeferred = 128;

    private sealed class View(TestMatch match) : IMatch
    {
        public string MatchId => match.MatchId;

        public string Node => GameTestHost.NodeName;

        public string Label => match.Label;

        public int TickRate => match.TickRate;

        public long Tick => match.Tick;

        public CancellationToken CancellationToken => default;

        public void Broadcast(long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers, IMatchPresence? sender, bool isReliable)
        {
            Check();
            match.Deliver(new TestMessage(opCode, data.ToArray(), sender, isReliable), receivers);
        }

        public void BroadcastDeferred(
            long opCode, ReadOnlySpan<byte> data, IReadOnlyList<IMatchPresence>? receivers, IMatchPresence? sender, bool isReliable)
        {
            Check();
            if (match._deferred.Count >= MaxDeferred) throw new MatchOperationException("too many deferred message broadcasts per tick");
            match._deferred.Add((new TestMessage(opCode, data.ToArray(), sender, isReliable), receivers));
        }

        public void Kick(params IReadOnlyList<IMatchPresence> members)
        {
            Check();
            match._kicked.AddRange(match._members.Where(member => members.Any(kicked => kicked.SessionId == member.SessionId)));
        }

        public void UpdateLabel(string label)
        {
            Check();
            CheckLabel(label);
            match.Label = label;
        }

        private void Check()
        {
            if (match.IsEnded) throw new MatchOperationException("match stopped");
        }
    }
}
