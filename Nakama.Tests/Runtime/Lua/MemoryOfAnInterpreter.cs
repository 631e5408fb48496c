using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

public sealed class MemoryOfAnInterpreter
{
    private const int Count = 100;
    private const long Most = 60 * 1024;

    [Fact]
    public void With_modules_of_its_own_it_stays_small()
    {
        var prototypes = LuaTestBed.Modules().Select(file => LuaPrototype.Compile(File.ReadAllBytes(file), file)).ToArray();
        Create(prototypes);

        Assert.InRange(BytesEach(() => Create(prototypes)), 1, Most);
    }

    [Fact]
    public void One_that_shares_is_smaller_still()
    {
        var reference = Create([.. LuaTestBed.Modules().Select(file => LuaPrototype.Compile(File.ReadAllBytes(file), file))]);
        var probe = reference.Load("local t = {} for i = 1, 10 do t[i] = i end return #t");

        Assert.InRange(BytesEach(() =>
        {
            var machine = reference.CreateSharing();
            machine.Call(probe, [], CancellationToken.None);
            return machine;
        }), 1, Most / 10);
    }

    /// <summary>What this thread allocates for each, garbage included: no more than that is held.</summary>
    private static long BytesEach(Func<LuaMachine> create)
    {
        var machines = new LuaMachine[Count];
        machines[0] = create();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < Count; index++) machines[index] = create();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        GC.KeepAlive(machines);
        return each;
    }

    private static LuaMachine Create(LuaPrototype[] prototypes)
    {
        var machine = LuaTestBed.MachineForModules();
        foreach (var prototype in prototypes) machine.Call(machine.Load(prototype), [], CancellationToken.None);
        return machine;
    }
}
