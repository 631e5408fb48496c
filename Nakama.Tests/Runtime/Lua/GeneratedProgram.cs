using System.Globalization;
using System.Text;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Writes programs at random in the part of the language where the dialect and Lua 5.1 mean the same.</summary>
internal sealed class GeneratedProgram(int seed)
{
    private static readonly string[] Words = ["''", "'a'", "'hello'", "'k=v'", "'x y z'", "'12'", "'A-b'", "'(p)'"];
    private static readonly string[] Patterns = ["'%a'", "'%d+'", "'[a-m]'", "'.'", "'(%w)(%w)'", "'%s*'", "'l+'", "'^%a'", "'x?y'"];
    // Only in the dialect does a circumflex mean something to gmatch.
    private static readonly string[] Unanchored = [.. Patterns.Where(pattern => !pattern.Contains('^', StringComparison.Ordinal))];
    private static readonly string[] Replacements = ["'<%0>'", "'%1'", "''", "function(c) return c .. c end", "{a = 'b', l = 'm'}"];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private int _names;

    public static string Write(int seed)
    {
        var program = new GeneratedProgram(seed);
        program.Line("local n1, n2, n3 = 3, 7, 11");
        program.Line("local s1, s2 = 'start', 'end'");
        program.Line("local t1, t2 = {1, 2, 3}, {5}");
        for (var count = 0; count < 12; count++) program.Statement(3);
        program.Line("print(n1, n2, n3, s1, s2, #t1, #t2, table.concat(t1, ','), table.concat(t2, ','))");
        return program._text.ToString();
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private int Pick(int count) => _random.Next(count);

    private string Pick(string[] choices) => choices[Pick(choices.Length)];

    private string New(string kind) => kind + "_" + (++_names).ToString(CultureInfo.InvariantCulture);

    private void Statement(int depth)
    {
        if (depth == 0)
        {
            Line(Pick(["n1 = n1 + 1", $"n2 = {Number(1)} % 1000", $"s1 = ({Text(1)}):sub(1, 20)"]));
            return;
        }
        switch (Pick(18))
        {
            case 0: Line($"n{1 + Pick(3)} = {Number(depth)} % 1000"); break;
            case 1: Line($"s{1 + Pick(2)} = ({Text(depth)}):sub(1, 30)"); break;
            case 2: Block($"if {Condition(depth)} then", depth, "else", depth); break;
            case 3: Block($"for i = {Pick(4)}, {Pick(8)} do n1 = (n1 + i) % 1000", depth - 1); break;
            case 4: Block($"for i = {Pick(9)}, {Pick(4)}, -2 do n2 = (n2 + i) % 1000 if i == 5 then break end", depth - 1); break;
            case 5: Loop(depth); break;
            case 6: Line($"t1[#t1 + 1] = {Number(depth)} % 100 if #t1 > 20 then t1 = {{1}} end"); break;
            case 7: Line("table.insert(t2, 1, #t2) if #t2 > 10 then table.remove(t2) table.remove(t2, 1) end"); break;
            case 8: Line("table.sort(t1) table.sort(t2, function(a, b) return a > b end)"); break;
            case 9: Closure(depth); break;
            case 10: Line($"print(pcall(function() if {Condition(depth)} then error('e', 0) end return {Number(depth)} end))"); break;
            case 11: Line("n1, n3 = n3, n1 t1[1], n2 = n2 % 100, t1[1]"); break;
            case 12: Line($"for w in ({Text(depth)}):gmatch({Pick(Unanchored)}) do s2 = (s2 .. w):sub(-20) end"); break;
            case 13: Line($"print(({Text(depth)}):gsub({Pick(Patterns)}, {Pick(Replacements)}))"); break;
            case 14: Varargs(depth); break;
            case 15: Object(depth); break;
            case 16: Coroutine(depth); break;
            default: Line($"for i, v in ipairs(t1) do n3 = (n3 + i * v) % 1000 end print({Number(depth)}, {Text(depth)}, {Condition(depth)})"); break;
        }
    }

    private void Block(string opening, int depth, string? middle = null, int middleDepth = 0)
    {
        Line(opening);
        Statement(Math.Max(0, depth - 1));
        if (middle is not null)
        {
            Line(middle);
            Statement(Math.Max(0, middleDepth - 1));
        }
        Line("end");
    }

    private void Loop(int depth)
    {
        var counter = New("c");
        Line($"local {counter} = 0 repeat local last = {counter} >= {1 + Pick(4)} {counter} = {counter} + 1");
        Statement(depth - 1);
        Line("until last");
    }

    private void Closure(int depth)
    {
        var (make, use) = (New("make"), New("use"));
        Line($"local function {make}(a) local held = a return function(b) held = (held + b) % 1000 return held end, function() return held end end");
        Line($"local {use}, {use}get = {make}({Number(depth)} % 100) {use}(1) {use}({Number(depth)} % 10) print({use}get())");
    }

    private void Varargs(int depth)
    {
        var name = New("f");
        Line($"local function {name}(a, ...) local b, c = ... return select('#', ...), a, b, c, ... end");
        Line($"print({name}({Number(depth)}, {Text(depth)}, nil, {Number(1)})) print(({name}(nil))) print({name}(unpack(t1)))");
    }

    private void Object(int depth)
    {
        var name = New("K");
        Line($"local {name} = {{}} {name}.__index = {name} function {name}.new(v) return setmetatable({{v = v}}, {name}) end");
        Line($"{name}.__add = function(a, b) return {name}.new(a.v + b.v) end {name}.__lt = function(a, b) return a.v < b.v end");
        Line($"{name}.__eq = function(a, b) return a.v == b.v end {name}.__call = function(self, x) return self.v + x end {name}.__concat = function(a, b) return 'cat' end");
        Line($"function {name}:get() return self.v end local a, b = {name}.new({Number(depth)}), {name}.new({Number(1)})");
        Line("print((a + b):get(), a < b, a == b, a(2), a .. 'x', rawequal(a, b))");
    }

    private void Coroutine(int depth)
    {
        var name = New("co");
        Line($"local {name} = coroutine.create(function(a, b) local c = coroutine.yield(a + b) local d = coroutine.yield(c) if {Condition(depth)} then error('x', 0) end return d end)");
        Line($"print(coroutine.resume({name}, 1, {Number(1)})) print(coroutine.resume({name}, {Text(1)})) print(coroutine.resume({name}, 'd')) print(coroutine.resume({name})) print(coroutine.status({name}))");
    }

    private string Number(int depth)
    {
        if (depth <= 0) return Pick(["n1", "n2", "n3", "2", "5", "0"]);
        return Pick(12) switch
        {
            0 => $"({Number(depth - 1)} + {Number(depth - 1)})",
            1 => $"({Number(depth - 1)} - {Number(depth - 1)})",
            2 => $"({Number(depth - 1)} % 50 * {1 + Pick(5)})",
            3 => $"({Number(depth - 1)} % {2 + Pick(9)})",
            4 => $"math.floor({Number(depth - 1)} / {1 + Pick(6)})",
            5 => $"#({Text(depth - 1)})",
            6 => $"({Condition(depth - 1)} and {Number(depth - 1)} or {Number(depth - 1)})",
            7 => "#t1",
            8 => $"math.max({Number(depth - 1)}, {Number(depth - 1)})",
            9 => $"(0 - {Number(depth - 1)})",
            10 => $"(tonumber('{Pick(100)}') + {Number(depth - 1)})",
            _ => Number(0),
        };
    }

    private string Text(int depth)
    {
        if (depth <= 0) return Pick(2) == 0 ? Pick(["s1", "s2"]) : $"({Pick(Words)})";
        return Pick(10) switch
        {
            0 => $"({Text(depth - 1)} .. {Text(depth - 1)})",
            1 => $"({Text(depth - 1)}):sub({Pick(5) - 2}, {Pick(8) - 2})",
            2 => $"({Text(depth - 1)}):sub(1, 9):rep({Pick(3)})",
            3 => $"({Text(depth - 1)}):upper()",
            4 => $"({Text(depth - 1)}):reverse()",
            5 => $"tostring({Number(depth - 1)})",
            6 => $"string.format('%d|%5d|%-4s|%02x', {Number(depth - 1)}, {Number(0)}, {Text(0)}, {Number(0)} % 256)",
            7 => $"string.format('%.3f %5.1f', {Number(depth - 1)} / 7, {Number(0)} / 3)",
            8 => $"({Number(depth - 1)} .. {Text(depth - 1)})",
            _ => Text(0),
        };
    }

    private string Condition(int depth)
    {
        if (depth <= 0) return Pick(["n1 > n2", "s1 == s2", "#t1 < 5", "true", "n3 % 2 == 0"]);
        return Pick(8) switch
        {
            0 => $"({Number(depth - 1)} < {Number(depth - 1)})",
            1 => $"({Number(depth - 1)} >= {Number(depth - 1)})",
            2 => $"({Text(depth - 1)} <= {Text(depth - 1)})",
            3 => $"not ({Condition(depth - 1)})",
            4 => $"({Condition(depth - 1)} and {Condition(depth - 1)})",
            5 => $"({Condition(depth - 1)} or {Condition(depth - 1)})",
            6 => $"(({Text(depth - 1)}):find({Pick(Patterns)}) ~= nil)",
            _ => $"({Number(depth - 1)} ~= {Number(depth - 1)})",
        };
    }
}
