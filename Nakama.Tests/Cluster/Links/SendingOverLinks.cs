using System.Security.Cryptography;
using Nakama.Server.Cluster.Links;
using Nakama.Server.Cluster.Messages;
using Nakama.Tests.Realtime;

namespace Nakama.Tests.Cluster.Links;

/// <summary>Messages between two nodes over a real connection.</summary>
public sealed class SendingOverLinks
{
    private const int ManyMessages = 5_000;

    [Fact]
    public async Task Messages_of_all_sizes_arrive_whole_and_in_order_in_both_directions()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");
        Join(one, two);
        byte[][] messages = [[1], RandomNumberGenerator.GetBytes(200), RandomNumberGenerator.GetBytes(3 * LinkFrame.MaxPayload), RandomNumberGenerator.GetBytes(LinkFrame.MaxPayload), [2]];

        foreach (var message in messages)
        {
            Assert.True(one.Links.TrySend("two", message, isDroppable: false));
            Assert.True(two.Links.TrySend("one", message, isDroppable: false));
        }

        await SocketNode.UntilAsync(() => one.Received.Count == messages.Length && two.Received.Count == messages.Length);
        Assert.Equal(messages, two.Received);
        Assert.Equal(messages, one.Received);
        Assert.Equal(["+two"], one.Events);
        Assert.Equal(["+one"], two.Events);
    }

    [Fact]
    public async Task Many_messages_from_many_threads_arrive_each_once()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");
        Join(one, two);

        Parallel.For(0, ManyMessages, number => Assert.True(one.Links.TrySend("two", BitConverter.GetBytes(number), isDroppable: false)));
        await SocketNode.UntilAsync(() => two.Received.Count == ManyMessages);

        Assert.Equal(Enumerable.Range(0, ManyMessages), two.Received.Select(static bytes => BitConverter.ToInt32(bytes)).Order());
    }

    [Fact]
    public async Task A_connection_that_has_ended_can_be_closed_on_the_side_that_accepted_it()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");

        using var link = await one.Dialer.OpenAsync(two.Member.Address, LinkPurpose.Membership, CancellationToken.None);
        await SocketNode.UntilAsync(() => two.Accepted.Count == 1);
        Assert.Null(await link.ReceiveAsync(CancellationToken.None));

        two.Accepted.Single().Dispose();
    }

    [Fact]
    public async Task A_full_queue_first_refuses_what_may_be_lost_and_then_the_connection_begins_anew()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");
        Join(one, two);
        one.Links.TrySend("two", [0], isDroppable: false);
        await SocketNode.UntilAsync(() => two.Received.Count == 1);
        var message = new byte[LinkFrame.MaxPayload];

        await two.Reading.WaitAsync();
        while (one.Links.TrySend("two", message, isDroppable: true))
        {
        }

        Assert.True(one.Links.TrySend("two", message, isDroppable: false));
        Assert.DoesNotContain("!two", one.Events);
        while (one.Links.TrySend("two", message, isDroppable: false))
        {
        }

        two.Reading.Release();
        await SocketNode.UntilAsync(() => one.Events.Contains("!two") && two.Events.Contains("!one"));
        await SocketNode.UntilAsync(() => one.Links.QueueLength("two") == 0);
        Assert.True(one.Links.TrySend("two", [9], isDroppable: false));
        await SocketNode.UntilAsync(() => two.Received.Any(static bytes => bytes is [9]));
    }

    [Fact]
    public async Task A_node_that_comes_again_under_its_name_is_another_one()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");
        Join(one, two);
        await SocketNode.UntilAsync(() => one.Links.All.Single().IsConnected);
        await two.DisposeAsync();

        await using var again = await LinkedNode.StartAsync("two", incarnation: 2);
        Join(one, again);
        await SocketNode.UntilAsync(() => one.Links.TrySend("two", [7], isDroppable: false));

        await SocketNode.UntilAsync(() => again.Received.Count == 1);
        Assert.Equal(["+two", "-two", "+two"], one.Events);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_node_that_is_no_member()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");

        Assert.False(one.Links.TrySend("two", [1], isDroppable: false));
        Join(one, two);
        one.Links.Remove(two.Member);
        await SocketNode.UntilAsync(() => one.Events.Contains("-two"));

        Assert.False(one.Links.TrySend("two", [1], isDroppable: false));
    }

    private static void Join(LinkedNode one, LinkedNode two)
    {
        one.Links.Add(two.Member);
        two.Links.Add(one.Member);
    }
}
