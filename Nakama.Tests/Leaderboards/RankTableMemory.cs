using Nakama.Server.Leaderboards.Ranks;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Leaderboards;

[Collection(nameof(Alone))]
public sealed class RankTableMemory
{
    [Fact]
    public void A_record_takes_no_more_than_64_bytes()
    {
        const int Count = 1_000_000;
        var random = new Random(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var table = new RankTable(isDescending: true);
        for (var i = 0; i < Count; i++) table.Set(Guid.NewGuid(), random.Next(), random.Next(), 1);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;

        Assert.Equal(Count, table.Count);
        Assert.InRange(bytes, 36, 64);
        GC.KeepAlive(table);
    }
}
