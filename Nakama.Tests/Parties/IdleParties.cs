using Nakama.Server.Parties;
using Nakama.Tests.Realtime;
using static Nakama.Tests.Parties.PartyTable;

namespace Nakama.Tests.Parties;

/// <summary>Parties that nobody is in.</summary>
public sealed class IdleParties
{
    [Fact]
    public async Task A_party_nobody_is_in_lives_through_one_round_without_anything_happening_and_not_two()
    {
        using var house = new LiveHouse();
        var (anna, ben) = (house.Open("anna"), house.Open("ben"));
        var (empty, alive) = (await house.CreatePartyAsync(anna, maxSize: 0), await house.CreatePartyAsync(ben));
        await house.AskAsync(anna, Say("party_leave", empty));
        var registry = house.Get<PartyRegistry>();

        registry.StopIdle();
        Assert.NotNull(registry.Find(empty));
        await house.RefusalAsync(ben, Say("party_join", empty));
        registry.StopIdle();
        Assert.NotNull(registry.Find(empty));
        registry.StopIdle();

        Assert.Null(registry.Find(empty));
        Assert.NotNull(registry.Find(alive));
    }

    [Fact]
    public async Task Rounds_come_with_the_clock()
    {
        using var house = new LiveHouse(options => options with { Party = options.Party with { IdleCheckIntervalMs = 1000 } });
        var anna = house.Open();
        var id = await house.CreatePartyAsync(anna, maxSize: 0);
        await house.AskAsync(anna, Say("party_leave", id));
        var registry = house.Get<PartyRegistry>();
        using var check = new PartyIdleCheck(registry, house.Get<Nakama.Server.Parties.PartyOptions>(), house.Get<Nakama.Server.Lifecycle.LoopContext>());

        await check.StartAsync(CancellationToken.None);
        await SocketNode.UntilAsync(() =>
        {
            house.Clock.Advance(TimeSpan.FromSeconds(1));
            return registry.Find(id) is null;
        });

        await check.StopAsync(CancellationToken.None);
    }
}
