using System.Text;
using Nakama.Lua;

namespace Nakama.Tests.Runtime.Lua;

public sealed class EmbeddingTheInterpreter
{
    private readonly LuaMachine _machine = LuaTestBed.Machine();

    [Fact]
    public void A_native_function_takes_arguments_and_gives_results()
    {
        _machine.Globals["swap"] = LuaFunction.Create("swap", call => call.Return(call[2], call[1]));

        var results = _machine.Run("return swap('a', 5)");

        Assert.Equal(["5", "a"], results.Select(value => value.ToString()));
    }

    [Theory]
    [InlineData("f()", "test:1: bad argument #1 to f (string expected, got nil)")]
    [InlineData("f({})", "test:1: bad argument #1 to f (string expected, got table)")]
    [InlineData("f('x', 'y')", "test:1: bad argument #2 to f (number expected, got string)")]
    [InlineData("local t = {g = f}\n\nt.g({})", "test:3: bad argument #1 to g (string expected, got table)")]
    [InlineData("local t = {g = f} t:g()", "test:1: bad argument #1 to g (string expected, got table)")]
    [InlineData("return select(2, pcall(f))", "test:1: bad argument #1 to (anonymous) (string expected, got nil)")]
    [InlineData("f('x', 1, 5)", "test:1: bad argument #3 to f (string expected, got number)")]
    public void An_argument_of_the_wrong_kind_is_named_as_the_script_names_the_function(string source, string expected)
    {
        _machine.Globals["f"] = LuaFunction.Create("anything", call =>
        {
            call.CheckString(1);
            call.CheckNumber(2);
            call.OptionalString(3, null);
            return 0;
        });

        string message;
        try
        {
            message = _machine.Text(source);
        }
        catch (LuaException exception)
        {
            message = exception.Message;
        }

        Assert.Equal(expected, message);
    }

    [Fact]
    public void An_exception_of_the_host_is_an_error_that_scripts_can_catch()
    {
        _machine.Globals["f"] = LuaFunction.Create("f", _ => throw new FormatException("bad form"));

        Assert.Equal("test:1: bad form", _machine.Text("return select(2, pcall(f))"));
        Assert.IsType<FormatException>(_machine.Fails("f()").InnerException);
    }

    [Fact]
    public void A_native_function_can_call_back()
    {
        _machine.Globals["twice"] = LuaFunction.Create("twice", call =>
        {
            var once = call.Call(call.CheckFunction(1), call[2])[0];
            return call.Return(call.Call(call.CheckFunction(1), once)[0]);
        });

        Assert.Equal("9", _machine.Text("return twice(function(x) return x + 2 end, 5)"));
    }

    [Fact]
    public void Any_bytes_go_in_and_out()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        var result = _machine.Call(_machine.Load("return (...):reverse():reverse()"), [LuaString.From(bytes)], CancellationToken.None)[0];

        Assert.Equal(bytes, result.AsString!.Span.ToArray());
    }

    [Fact]
    public void An_object_of_the_host_comes_back_as_it_was()
    {
        var thing = new object();

        var result = _machine.Call(_machine.Load("local x = ... return x"), [new LuaUserData(thing)], CancellationToken.None)[0];

        Assert.Same(thing, result.AsUserData!.Value);
    }

    [Fact]
    public void The_last_result_is_at_hand() =>
        Assert.Equal("c", _machine.Call(_machine.Load("return 'a', 'b', 'c'"), [], CancellationToken.None).Last.ToString());

    [Fact]
    public void A_table_keeps_its_order()
    {
        var table = new LuaTable { ["z"] = 1, ["a"] = 2 };
        table.Add("first");
        table["m"] = 3;

        Assert.Equal(["1=first", "z=1", "a=2", "m=3"], Pairs(table));
    }

    [Fact]
    public void A_read_only_table_refuses_to_be_reordered()
    {
        var table = new LuaTable { IsReadOnly = true };
        _machine.Globals["t"] = table;

        _machine.Run("table.insert(t, 2) table.insert(t, 1) t.x = 1");

        foreach (var change in new[] { "table.insert(t, 1, 0)", "table.remove(t)", "table.sort(t)" })
        {
            Assert.Equal("test:1: attempt to modify read only table", _machine.Fails(change).Message);
        }
    }

    [Fact]
    public void Interpreters_that_share_see_each_others_globals_but_keep_what_they_load_apart()
    {
        _machine.Run("counter = 0 function count() counter = counter + 1 return counter end");
        var (first, second) = (_machine.CreateSharing(), _machine.CreateSharing());

        first.Run("count()");
        first.Run("mine = 1");

        Assert.Equal("2", second.Text("return count()"));
        Assert.Equal("nil", second.Text("return tostring(mine)"));
        Assert.Equal("1", first.Text("return mine"));
    }

    [Fact]
    public void Interpreters_that_share_may_run_at_the_same_time()
    {
        _machine.Run("shared = {} names = {}");
        Parallel.For(0, 8, number =>
        {
            var machine = _machine.CreateSharing();
            for (var round = 0; round < 20; round++)
            {
                machine.Run($"for i = 1, 500 do shared[i] = i shared['k' .. i % 50 .. '{number}'] = i names[#names + 1] = i if i % 3 == 0 then names[#names] = nil end end for k, v in pairs(shared) do local x = shared[k] end");
            }
        });

        Assert.Equal("500", _machine.Text("return shared[500]"));
    }

    [Fact]
    public void An_error_tells_the_calls_that_led_to_it()
    {
        var error = _machine.Fails("local function inner() error('x') end\nlocal function outer() inner() end\nouter()");

        Assert.Equal("stack traceback:\n\ttest:1: in function <test:1>\n\ttest:2: in function <test:2>\n\ttest:3: in main chunk\n\t[G]: ?", error.Traceback);
    }

    [Fact]
    public void What_a_script_prints_goes_to_the_host()
    {
        var lines = new List<string>();
        var machine = new LuaMachine(new LuaHost(TimeProvider.System) { Print = lines.Add }, new LuaLimits());

        machine.Run("print('a', 1, nil, true) print()");

        Assert.Equal(["a\t1\tnil\ttrue", ""], lines);
    }

    [Fact]
    public void A_source_that_does_not_compile_says_where() =>
        Assert.Equal("m.lua line:2(column:3) near 'end':   syntax error\n", Assert.Throws<LuaException>(
            () => LuaPrototype.Compile(Encoding.UTF8.GetBytes("x = 1\nend"), "m.lua")).Message);

    private static IEnumerable<string> Pairs(LuaTable table)
    {
        var cursor = 0;
        while (table.TryNext(ref cursor, out var key, out var value)) yield return $"{key}={value}";
    }
}
