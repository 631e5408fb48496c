using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>A table does what a dictionary with an order would do.</summary>
public sealed class TablesAgainstAModel
{
    [Fact]
    public void Reading_length_and_order_follow_every_change() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var table = new LuaTable(random.Next(4), random.Next(4));
        var model = new Dictionary<LuaValue, LuaValue>();
        var order = new List<LuaValue>();
        for (var step = 0; step < 300; step++)
        {
            var key = Key(random);
            var value = random.Next(3) == 0 ? default : new LuaValue((double)step);
            table.Set(key, value);
            if (value.IsNil) model.Remove(key);
            else model[key] = value;
            if (!order.Contains(key) && !value.IsNil) order.Add(key);
            Assert.Equal(model.GetValueOrDefault(key), table.Get(key));
        }
        foreach (var key in order) Assert.Equal(model.GetValueOrDefault(key), table.Get(key));
        Assert.Equal(model.Keys.Where(IsElement).Select(key => (int)key.AsNumber).DefaultIfEmpty(0).Max(), table.Length);
        CheckOrder(table, model);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(1_000_000));

    [Theory]
    [InlineData("for i = 2, 400000, 2 do t[i] = i end", 400_000)]
    [InlineData("for i = 100000, 1, -1 do t[i] = i end", 100_000)]
    [InlineData("for i = 1, 100000 do t[(i * 7919) % 100003 + 1] = i end", 100_003)]
    [InlineData("t[5000000] = 1 for i = 1, 100000 do t[#t + 1] = i end", 5_100_000)]
    [InlineData("for i = 1, 100000 do t[#t + 1] = i t[i * 100] = 1 end", 10_000_000)]
    [InlineData("for i = 1, 100000 do t[i .. ''] = i t[(i - 1) .. ''] = nil end", 0)]
    public void Elements_set_in_any_order_cost_little(string source, int length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var seen = LuaTestBed.Machine().Text($"local t = {{}} {source} return #t");

        Assert.Equal(length.ToString(CultureInfo.InvariantCulture), seen);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L << 20);
    }

    private static void CheckOrder(LuaTable table, Dictionary<LuaValue, LuaValue> model)
    {
        var seen = new List<LuaValue>();
        foreach (var (key, value) in table)
        {
            Assert.Equal(model[key], value);
            seen.Add(key);
        }
        Assert.Equal(model.Count, seen.Count);
        // Small whole keys come first, one after the other.
        var small = seen.Where(key => IsElement(key) && key.AsNumber <= 40).Select(key => key.AsNumber).ToList();
        Assert.Equal(small.Order(), small);
    }

    private static bool IsElement(LuaValue key) => key.IsNumber && key.AsNumber >= 1 && key.AsNumber == Math.Floor(key.AsNumber);

    private static LuaValue Key(Random random) => random.Next(6) switch
    {
        0 or 1 => new LuaValue((double)random.Next(1, 40)),
        2 => new LuaValue("k" + random.Next(40)),
        3 => new LuaValue(random.Next(10) + 0.5),
        4 => new LuaValue((double)-random.Next(5)),
        _ => new LuaValue(100_000.0 + random.Next(10)),
    };
}
