using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Cluster;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Cluster;

/// <summary>Owners of work that another node may have replaced.</summary>
public sealed class TermsOfOwners(Postgres postgres) : IClassFixture<Postgres>
{
    private readonly string _work = Unique.Name("work");

    [Fact]
    public async Task An_owner_acts_until_another_node_has_taken_a_later_term_and_again_when_the_membership_has_changed()
    {
        using var nodes = new TwoNodes();
        var (one, store) = (await StartAsync(nodes, "one"), new WorkTermStore(postgres.Database));
        var terms = one.Get<ClusterWorkTerms>();
        await store.EnsureAsync(CancellationToken.None);

        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));
        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));
        Assert.Equal((1L, 1L), (terms.TermOf(_work), await store.ReadAsync(_work, CancellationToken.None)));

        await store.TakeAsync(_work, "other", CancellationToken.None);
        Assert.False(await terms.MayActAsync(_work, CancellationToken.None));
        Assert.False(await terms.MayActAsync(_work, CancellationToken.None));

        await nodes.StartAsync("two");
        nodes.Lose("two");
        await SocketNode.UntilAsync(async () => await terms.MayActAsync(_work, CancellationToken.None));
        Assert.Equal(3, terms.TermOf(_work));
    }

    [Fact]
    public async Task An_owner_that_regains_work_which_others_had_meanwhile_acts_at_once()
    {
        using var nodes = new TwoNodes();
        var (one, store) = (await StartAsync(nodes, "one"), new WorkTermStore(postgres.Database));
        var terms = one.Get<ClusterWorkTerms>();
        await store.EnsureAsync(CancellationToken.None);
        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));

        await nodes.StartAsync("two");
        await store.TakeAsync(_work, "two", CancellationToken.None);
        nodes.Lose("two");
        await SocketNode.UntilAsync(() => one.Get<MessageBus>().Others.IsEmpty);

        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));
        Assert.Equal(3, terms.TermOf(_work));
    }

    [Fact]
    public async Task A_process_that_was_frozen_does_nothing_until_it_has_asked_again()
    {
        var time = new TestTimeProvider();
        using var nodes = new TwoNodes(time: time);
        var terms = (await StartAsync(nodes, "one")).Get<ClusterWorkTerms>();
        await terms.StartAsync(CancellationToken.None);
        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));
        Assert.True(terms.MayStillAct(_work));

        time.Skip(TimeSpan.FromSeconds(5));

        Assert.False(terms.MayStillAct(_work));
        await SocketNode.UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            return await terms.MayActAsync(_work, CancellationToken.None);
        });
        Assert.True(terms.MayStillAct(_work));
        await terms.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_owner_whose_successor_was_the_owner_for_a_moment_only_acts_again_after_ten_seconds()
    {
        var time = new TestTimeProvider();
        using var nodes = new TwoNodes(time: time);
        var (one, store) = (await StartAsync(nodes, "one"), new WorkTermStore(postgres.Database));
        var terms = one.Get<ClusterWorkTerms>();
        await terms.StartAsync(CancellationToken.None);
        Assert.True(await terms.MayActAsync(_work, CancellationToken.None));

        // Such as a node that learned a moment later that the owner is back, and had begun to take the term.
        await store.TakeAsync(_work, "two", CancellationToken.None);
        Assert.False(await terms.MayActAsync(_work, CancellationToken.None));

        var since = time.GetTimestamp();
        await SocketNode.UntilAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            return await terms.MayActAsync(_work, CancellationToken.None);
        });
        Assert.InRange(time.GetElapsedTime(since), TimeSpan.FromSeconds(10), TimeSpan.MaxValue);
        Assert.Equal(3, terms.TermOf(_work));
        await terms.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Commands_of_an_owner_that_was_replaced_are_known_as_such_on_all_nodes()
    {
        using var nodes = new TwoNodes();
        var all = new List<TwoNodes.Node> { await StartAsync(nodes, "one"), await StartAsync(nodes, "two") };
        await new WorkTermStore(postgres.Database).EnsureAsync(CancellationToken.None);
        var owner = all.Single(node => node.Get<WorkOwner>().IsMine(_work)).Get<ClusterWorkTerms>();

        Assert.True(await owner.MayActAsync(_work, CancellationToken.None));
        var term = owner.TermOf(_work);

        await SocketNode.UntilAsync(() => all.TrueForAll(node => node.Get<ClusterWorkTerms>().IsOutdated(_work, term - 1)));
        Assert.All(all, node => Assert.False(node.Get<ClusterWorkTerms>().IsOutdated(_work, term)));
    }

    private Task<TwoNodes.Node> StartAsync(TwoNodes nodes, string name) => nodes.StartAsync(name, services => services
        .AddSingleton(postgres.Database)
        .AddSingleton<WorkTermStore>()
        .AddSingleton<ClusterWorkTerms>()
        .AddSingleton<IBusFeature>(static provider => provider.GetRequiredService<ClusterWorkTerms>()));
}
