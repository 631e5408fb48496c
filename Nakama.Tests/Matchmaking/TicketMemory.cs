using Nakama.Protocol.Realtime;
using Nakama.Server.Matchmaking;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Matchmaking;

[Collection(nameof(Alone))]
public sealed class TicketMemory(ITestOutputHelper output)
{
    private const int Count = 50_000;

    [Fact]
    public async Task A_waiting_ticket_takes_no_more_than_2_KiB()
    {
        var random = new Random(1);
        var room = new WaitingRoom();
        WaitingPlayer[] players = [.. Enumerable.Range(0, Count).Select(_ => room.Enter())];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (var player in players)
        {
            var skill = random.Next(1_000_000);
            room.Take([player], "", MatchmakerCriteria.Of(new MatchmakerAdd
            {
                MinCount = 2,
                MaxCount = 2,
                Query = $"+properties.mode:duel +properties.skill:>={skill - 5000} +properties.skill:<={skill + 5000}",
                StringProperties = { ["mode"] = "ffa" },
                NumericProperties = { ["skill"] = skill },
            }));
        }

        // With what it is found by, which the next round makes.
        Assert.Equal(0, await room.RoundAsync());
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;

        output.WriteLine($"{bytes} bytes a ticket, each with a query of its own");
        Assert.Equal(Count, room.Matchmaker.Pool.Count);
        Assert.InRange(bytes, 200, 2048);
        GC.KeepAlive(players);
    }
}
