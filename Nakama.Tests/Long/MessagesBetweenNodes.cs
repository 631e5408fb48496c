using Nakama.Tests.Cluster.Links;
using Nakama.Tests.Realtime;
using Nakama.Tests.TestHost;
using Xunit.Abstractions;

namespace Nakama.Tests.Long;

/// <summary>What a message from node to node costs, both sides together.</summary>
[Trait("Category", "Long")]
[Collection(nameof(Alone))]
public sealed class MessagesBetweenNodes(ITestOutputHelper output)
{
    private const int MessageBytes = 200;
    private const int PerMillisecond = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task At_ten_thousand_a_second_and_as_fast_as_it_goes()
    {
        await using var one = await LinkedNode.StartAsync("one");
        await using var two = await LinkedNode.StartAsync("two");
        one.Links.Add(two.Member);
        two.Links.Add(one.Member);
        var message = new byte[MessageBytes];
        await SendAsync(one, two, message, 20_000, isPaced: false);

        var paced = await SendAsync(one, two, message, 50_000, isPaced: true);
        var fast = await SendAsync(one, two, message, 1_000_000, isPaced: false);

        output.WriteLine($"{paced:F1} us of processor time a message at a fixed rate, {fast:F2} us as fast as it goes");
    }

    /// <summary>Sends and waits until all have arrived.</summary>
    /// <returns>Microseconds of processor time a message.</returns>
    private static async Task<double> SendAsync(LinkedNode from, LinkedNode to, byte[] message, int count, bool isPaced)
    {
        to.Received.Clear();
        var before = Environment.CpuUsage.TotalTime;
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < count;)
        {
            if (from.Links.TrySend("two", message, isDroppable: true))
            {
                sent++;
                if (!isPaced || sent % PerMillisecond != 0) continue;
            }

            await timer.WaitForNextTickAsync();
        }

        await SocketNode.UntilAsync(() => to.Received.Count == count);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
    }
}
