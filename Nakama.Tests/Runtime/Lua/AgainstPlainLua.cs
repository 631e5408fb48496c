using FsCheck;
using FsCheck.Fluent;
using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Programs at random, run here and by Lua 5.1, where the two agree on what they mean.</summary>
public sealed class AgainstPlainLua
{
    private const int ProgramsAtOnce = 10;

    [Fact]
    public void A_program_prints_the_same_here_and_there() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            for (var number = 0; number < ProgramsAtOnce; number++) Compare(GeneratedProgram.Write((seed * ProgramsAtOnce) + number));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static void Compare(string program)
    {
        var expected = PlainLua.Run(program);
        var lines = new List<string>();
        var machine = new LuaMachine(new LuaHost(TimeProvider.System) { Print = lines.Add }, new LuaLimits());
        try
        {
            machine.Run(program);
        }
        catch (LuaException exception)
        {
            lines.Add(exception.ToString());
        }
        var answer = string.Concat(lines.Select(line => line + "\n"));
        Assert.True(expected == answer, $"{program}\n--- expected\n{expected}\n--- printed\n{answer}");
    }
}
