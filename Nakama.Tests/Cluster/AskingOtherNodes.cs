using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Server.Cluster.Messages;

namespace Nakama.Tests.Cluster;

/// <summary>Requests from node to node.</summary>
public sealed class AskingOtherNodes
{
    private static readonly BusQuestion<PresenceSync, PresenceSynced> Double = new(9001);
    private static readonly BusQuestion<PresenceSync, PresenceSynced> Nobody = new(9002);

    [Fact]
    public async Task An_answer_comes_back_and_a_failure_says_no_more_than_that_it_is_one()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one");
        await nodes.StartAsync("two", services => services.AddSingleton<IBusFeature, Doubler>());
        var two = one.Get<NodeDirectory>().Register("two");

        Assert.Equal(42ul, (await one.Bus.AskAsync(two, Double, new PresenceSync { Id = 21 }, default)).Id);
        var failure = await Assert.ThrowsAsync<BusException>(async () => await one.Bus.AskAsync(two, Double, new PresenceSync(), default));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<BusException>(async () => await one.Bus.AskAsync(two, Nobody, new PresenceSync(), default));
    }

    [Fact]
    public async Task A_question_to_a_node_that_goes_ends_at_once()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one");
        await nodes.StartAsync("two", services => services.AddSingleton<IBusFeature, Doubler>());
        var two = one.Get<NodeDirectory>().Register("two");

        var waiting = one.Bus.AskAsync(two, Double, new PresenceSync { Id = Doubler.Never }, default).AsTask();
        nodes.Lose("two");

        await Assert.ThrowsAsync<BusException>(() => waiting);
        await Assert.ThrowsAsync<BusException>(async () => await one.Bus.AskAsync(two, Double, new PresenceSync { Id = 1 }, default));
    }

    [Fact]
    public async Task Whoever_asks_may_stop_waiting()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one");
        await nodes.StartAsync("two", services => services.AddSingleton<IBusFeature, Doubler>());
        using var end = new CancellationTokenSource();

        var waiting = one.Bus.AskAsync(one.Get<NodeDirectory>().Register("two"), Double, new PresenceSync { Id = Doubler.Never }, end.Token).AsTask();
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_node_that_is_alone_tells_nobody_and_can_ask_nobody()
    {
        using var nodes = new TwoNodes();
        var one = await nodes.StartAsync("one");

        Assert.True(one.Bus.IsAlone);
        Assert.True(one.Tracker.SyncAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
        await Assert.ThrowsAsync<BusException>(
            async () => await one.Bus.AskAsync(one.Get<NodeDirectory>().Register("two"), Double, new PresenceSync(), default));
    }

    [Fact]
    public async Task All_nodes_agree_on_the_owner_of_a_piece_of_work_and_another_takes_it_when_the_owner_goes()
    {
        using var nodes = new TwoNodes();
        var all = new Dictionary<string, TwoNodes.Node>();
        foreach (var name in (string[])["one", "two", "three"]) all[name] = await nodes.StartAsync(name);

        var owners = all.Keys.SelectMany(name => Enumerable.Range(0, 100).Select(i => (i, OwnerOf(name, i)))).Distinct().ToArray();
        Assert.Equal(100, owners.Length);
        Assert.Equal(3, owners.Select(owner => owner.Item2).Distinct().Count());

        nodes.Lose("one");
        await Realtime.SocketNode.UntilAsync(() => all["two"].Bus.Others.Length == 1 && all["three"].Bus.Others.Length == 1);
        foreach (var (i, owner) in owners)
        {
            Assert.Equal(OwnerOf("two", i), OwnerOf("three", i));
            if (owner != "one") Assert.Equal(owner, OwnerOf("two", i));
        }

        string OwnerOf(string name, int i) => all[name].Get<NodeDirectory>().NameOf(all[name].Get<WorkOwner>().OwnerOf($"work{i}"));
    }

    private sealed class Doubler : IBusFeature
    {
        public const ulong Never = 7;

        public void Map(BusMap map) => map.Answer(Double, static async (_, ask, cancellationToken) =>
        {
            if (ask.Id == 0) throw new InvalidOperationException("secret");
            if (ask.Id == Never) await Task.Delay(Timeout.Infinite, cancellationToken);
            return new PresenceSynced { Id = ask.Id * 2 };
        });
    }
}
