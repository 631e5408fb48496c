using Nakama.Server.Matchmaking;
using Xunit.Abstractions;

namespace Nakama.Tests.Matchmaking;

/// <summary>Crowds. What they cost in processor time is printed; the test that runs alone tells the truth.</summary>
public sealed class ManyTickets(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(50_000, 100)]
    [InlineData(50_000, 1_000_000)]
    public async Task Everyone_with_a_narrow_window_finds_someone_in_one_round(int count, int skills)
    {
        var room = new WaitingRoom();
        var random = new Random(1);
        var window = Math.Max(5, skills / 200);
        var start = Environment.CpuUsage.TotalTime;
        var players = new WaitingPlayer[count];
        for (var i = 0; i < count; i++)
        {
            var skill = random.Next(skills);
            players[i] = room.Wait(
                "", 2, 2, $"+properties.mode:ffa +properties.skill:>={skill - window} +properties.skill:<={skill + window}", null, ("mode", "ffa"), ("skill", skill));
        }

        var added = Environment.CpuUsage.TotalTime - start;
        start = Environment.CpuUsage.TotalTime;
        var matches = await room.RoundAsync();
        var matched = Environment.CpuUsage.TotalTime - start;

        output.WriteLine($"{count} tickets, skills below {skills}: {added.TotalMicroseconds / count:F1} us to add one, {matched.TotalMicroseconds / count:F1} us to match one, {matched.TotalSeconds:F2} s in all");
        Assert.True(matches >= count * 0.98 / 2, $"{matches} matches of {count} tickets");
        foreach (var player in players)
        {
            if (player.Matches.Count == 0) continue;
            var skill = player.Matches[0].Users.Select(user => user.NumericProperties["skill"]).ToArray();
            Assert.True(Math.Abs(skill[0] - skill[1]) <= window);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(50_000)]
    public async Task More_tickets_join_however_many_wait(int waiting)
    {
        const int More = 10_000;
        var room = new WaitingRoom();
        for (var i = 0; i < waiting; i++) Join(i);
        var players = Enumerable.Range(0, More).Select(_ => room.Enter()).ToArray();
        var start = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < More; i++) Join(waiting + i, players[i]);

        output.WriteLine($"where {waiting} wait: {(Environment.CpuUsage.TotalTime - start).TotalMicroseconds / More:F1} us to add one of {More} more");
        await room.RoundAsync();
        Assert.Equal(waiting + More, room.Statistics.TicketCount);

        void Join(int i, WaitingPlayer? player = null)
        {
            var skill = i * 7919 % 1_000_000;
            room.Take(player ?? room.Enter(), 2, 2, $"+properties.mode:ffa +properties.skill:>={skill - 5000} +properties.skill:<={skill + 5000}", null, ("mode", "ffa"), ("skill", skill));
        }
    }

    [Fact]
    public async Task A_crowd_that_wants_someone_who_is_not_there_is_asked_quickly_and_stays()
    {
        var room = new WaitingRoom(new MatchmakerOptions { MaxIntervals = 1 });
        for (var i = 0; i < 20_000; i++)
            room.Wait("", 2, 4, $"+properties.mode:ffa +properties.skill:>={i + 0.25} +properties.skill:<{i + 0.75}", null, ("mode", "ffa"), ("skill", i));
        var start = Environment.CpuUsage.TotalTime;

        Assert.Equal(0, await room.RoundAsync());

        output.WriteLine($"20000 tickets that find nobody: {(Environment.CpuUsage.TotalTime - start).TotalMicroseconds / 20_000:F1} us each");
        room.Wait("", 2, 4, "*");
        Assert.Equal(1, await room.RoundAsync());
    }

    [Fact]
    public async Task A_crowd_with_preferences_gets_what_it_prefers()
    {
        var room = new WaitingRoom();
        for (var i = 0; i < 4_000; i++)
        {
            var region = i % 2 == 0 ? "eu" : "us";
            room.Wait("", 2, 2, $"+properties.mode:ffa properties.region:{region}^3", null, ("mode", "ffa"), ("region", region));
        }

        var start = Environment.CpuUsage.TotalTime;
        Assert.Equal(2_000, await room.RoundAsync());
        output.WriteLine($"4000 tickets with preferences: {(Environment.CpuUsage.TotalTime - start).TotalMicroseconds / 4_000:F1} us each");
    }
}
