using Nakama.Server.Cluster;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Cluster;

/// <summary>Work that moves before a node leaves.</summary>
public sealed class DrainingNodes
{
    [Fact]
    public async Task A_node_that_drains_owns_nothing_any_more_and_all_agree_on_the_next_owner()
    {
        using var nodes = new TwoNodes();
        var all = new Dictionary<string, TwoNodes.Node>();
        foreach (var name in (string[])["one", "two", "three"]) all[name] = await nodes.StartAsync(name);
        var owner = OwnerOf(all["one"], "work");

        all[owner].Get<NodeDrain>().Begin();
        await SocketNode.UntilAsync(() => all.Values.All(node => OwnerOf(node, "work") != owner));

        Assert.Single(all.Values.Select(node => OwnerOf(node, "work")).Distinct());
    }

    [Fact]
    public async Task When_all_drain_the_work_stays_where_it_is()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var owner = OwnerOf(one, "work");

        one.Get<NodeDrain>().Begin();
        two.Get<NodeDrain>().Begin();
        await SocketNode.UntilAsync(() => OwnerOf(one, "work") == owner && OwnerOf(two, "work") == owner);
    }

    [Fact]
    public async Task Before_it_leaves_a_node_waits_until_the_others_have_handled_what_it_has_sent()
    {
        using var nodes = new TwoNodes();
        var (one, two) = (await nodes.StartAsync("one"), await nodes.StartAsync("two"));
        var stream = Presence.TrackerFixture.NewStream();
        var anna = one.Open("anna");
        one.Tracker.Track(anna, stream, Presence.TrackerFixture.Visible, out _);
        await one.SyncAsync();

        one.Get<NodeDrain>().Begin();
        await one.Get<NodeDrain>().FlushAsync(CancellationToken.None);

        Assert.True(two.Get<NodeDrain>().IsDraining(two.Get<NodeDirectory>().Register("one")));
    }

    private static string OwnerOf(TwoNodes.Node node, string work) => node.Get<NodeDirectory>().NameOf(node.Get<WorkOwner>().OwnerOf(work));
}
