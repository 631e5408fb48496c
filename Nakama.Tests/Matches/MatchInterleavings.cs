using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Nakama.Protocol.Realtime;
using Nakama.Server.Matches;
using Nakama.Server.Presence;
using Nakama.Server.Sessions;
using Nakama.Tests.Presence;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Matches;

/// <summary>Matches in which joins, leaves, messages, kicks, disconnects, loops and the end come in any order.</summary>
public sealed class MatchInterleavings
{
    private const int Seats = 4;
    private const int MaxMessages = 4;
    private const long Data = 77;

    private static readonly Gen<Step[]> Scripts = Gen.Choose(5, 40).SelectMany(count =>
        (from kind in Gen.Frequency(
             (6, Gen.Constant(Kind.Join)), (4, Gen.Constant(Kind.Leave)), (8, Gen.Constant(Kind.Message)), (3, Gen.Constant(Kind.Kick)),
             (2, Gen.Constant(Kind.Disconnect)), (6, Gen.Constant(Kind.Loop)), (3, Gen.Constant(Kind.Label)), (1, Gen.Constant(Kind.End)))
         from seat in Gen.Choose(0, Seats - 1)
         from settles in Gen.Elements(true, false)
         select new Step(kind, seat, settles)).ArrayOf(count));

    private enum Kind
    {
        Join,
        Leave,
        Message,
        Kick,
        Disconnect,
        Loop,
        Label,
        End,
    }

    [Fact]
    public void Everyone_is_told_once_and_hears_nothing_afterwards() =>
        Prop.ForAll(Scripts.ToArbitrary(), script => Task.Run(() => PlayAsync(script)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static async Task PlayAsync(Step[] script)
    {
        using var house = new LiveHouse(static options => options with { Match = options.Match with { InputQueueSize = MaxMessages, CallQueueSize = 1000 } });
        var play = new Play(house, await house.BeginAsync(new TestMatch("start")));
        foreach (var step in script) await play.DoAsync(step);
        await play.CheckAsync();
    }

    private sealed record Step(Kind Kind, int Seat, bool Settles);

    private sealed class Play
    {
        private readonly LiveHouse _house;
        private readonly TestMatch _match;
        private readonly StreamId _stream;
        private readonly ListeningSession[] _sessions;
        private readonly Queue<ListeningSession> _kicks = new();
        private int _opened;
        private int _labels;
        private bool _ends;
        private bool _hasEnded;

        public Play(LiveHouse house, TestMatch match)
        {
            (_house, _match) = (house, match);
            _stream = MatchStream.TryParse(match.Id, out var stream) ? stream : throw new InvalidOperationException();
            _sessions = [.. Enumerable.Range(0, Seats).Select(_ => Open())];
            match.OnLoop = _ => new(OnLoop());
        }

        public async Task DoAsync(Step step)
        {
            var session = _sessions[step.Seat];
            switch (step.Kind)
            {
                case Kind.Join: await _house.ProcessAsync(session, new Envelope { MatchJoin = new MatchJoin { MatchId = _match.Id } }); break;
                case Kind.Leave: await _house.ProcessAsync(session, new Envelope { MatchLeave = new MatchLeave { MatchId = _match.Id } }); break;
                case Kind.Message: await _house.ProcessAsync(session, new Envelope { MatchDataSend = new MatchDataSend { MatchId = _match.Id, OpCode = 1 } }); break;
                case Kind.Kick: lock (_kicks) _kicks.Enqueue(session); break;
                case Kind.Label: _labels++; break;
                case Kind.Disconnect:
                    session.Close(SessionClose.PeerClosed);
                    _sessions[step.Seat] = Open();
                    break;
                case Kind.Loop or Kind.End: await LoopAsync(step.Kind == Kind.End); break;
            }

            if (step.Settles) await _house.SettledAsync();
        }

        public async Task CheckAsync()
        {
            // Presences that are still on their way arrive before the last loop, which sends to all that are left.
            await _house.SettledAsync();
            await LoopAsync(ends: false);
            await _house.SettledAsync();
            if (!_hasEnded) await LoopAsync(ends: false);

            var members = Follow(_match.Calls);
            Assert.All(Loops(_match.Calls), static senders => Assert.True(senders.Count <= MaxMessages));
            var listed = _house.Get<MatchListing>().Find(_stream);
            if (_hasEnded)
            {
                Assert.Null(listed);
                return;
            }

            Assert.Equal((members.Count, members.Count), (listed!.Size, _house.Tracker.CountIn(_stream)));
            var label = _match.Context.Label;
            Assert.Equal(_labels == 0 ? "start" : $"label {_labels}", label);
            await SocketNode.UntilAsync(() => _house.Get<MatchListing>().Find(_stream)!.Label == label);
        }

        /// <summary>Each is told as a join and as a leave in turn; the members in the end.</summary>
        private static HashSet<string> Follow(IReadOnlyList<string> calls)
        {
            var members = new HashSet<string>();
            foreach (var call in calls)
            {
                var parts = call.Split(' ');
                foreach (var name in parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static entry => entry.Split(':')[0]))
                {
                    if (parts[0] == "join") Assert.True(members.Add(name), $"{name} joins twice: {string.Join("; ", calls)}");
                    if (parts[0] == "leave") Assert.True(members.Remove(name), $"{name} leaves twice: {string.Join("; ", calls)}");
                }
            }

            return members;
        }

        private static IEnumerable<IReadOnlyList<string>> Loops(IReadOnlyList<string> calls) =>
            calls.Where(static call => call.StartsWith("loop", StringComparison.Ordinal)).Select(static call => call.Split(' ')[2].Split(',', StringSplitOptions.RemoveEmptyEntries));

        private ListeningSession Open() => _house.Open($"s{_opened++}");

        private bool OnLoop()
        {
            lock (_kicks)
            {
                while (_kicks.TryDequeue(out var session)) _match.Dispatcher.Kick([new MatchTarget(session.Id, "house")]);
            }

            if (_labels > 0) _match.Dispatcher.UpdateLabel($"label {_labels}");
            _match.Dispatcher.Broadcast(new MatchBroadcast(Data, ByteString.Empty));
            return !_ends;
        }

        /// <summary>Runs one loop and looks at who hears its broadcast.</summary>
        private async Task LoopAsync(bool ends)
        {
            if (_hasEnded)
            {
                _house.Clock.Advance(TimeSpan.FromSeconds(1));
                return;
            }

            await _house.SettledAsync();
            var heard = _sessions.Select(HeardCount).ToArray();
            var loops = _match.LoopCount;
            _ends = ends;
            _house.Clock.Advance(TimeSpan.FromMilliseconds(101));
            await SocketNode.UntilAsync(() => _match.LoopCount == loops + 1);
            await _house.SettledAsync();
            if (ends) await SocketNode.UntilAsync(() => _match.IsReleased);
            _hasEnded = ends;

            // Whoever was told to have left before this loop hears nothing of it, and members hear it once.
            var calls = _match.Calls;
            var at = calls.ToList().FindLastIndex(static call => call.StartsWith("loop", StringComparison.Ordinal));
            var members = Follow([.. calls.Take(at)]);
            for (var i = 0; i < Seats; i++)
            {
                var more = HeardCount(_sessions[i]) - heard[i];
                Assert.InRange(more, 0, 1);
                if (!members.Contains(_sessions[i].Username)) Assert.Equal(0, more);
            }
        }

        private static int HeardCount(ListeningSession session) => session.Received.Count(static envelope => envelope.MatchData?.OpCode == Data);
    }
}
