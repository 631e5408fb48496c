using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Nakama.Lua;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>Damaged and meaningless sources: whatever happens is an error of the script.</summary>
public sealed class HostileSources
{
    private const int Rounds = 400;

    private static readonly string[] Tokens =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat",
        "return", "then", "true", "until", "while", "+", "-", "*", "/", "%", "^", "#", "==", "~=", "<=", ">=", "<", ">", "=", "(", ")", "{", "}",
        "[", "]", ";", ":", "::", ",", ".", "..", "...", "x", "y", "t", "f", "self", "1", "0.5", "1e308", "'s'", "[[l]]", "--c\n", "\"", "\\",
        "x.y", "t[1]", "f()", "pcall(f)", "setmetatable(t, {})", "coroutine.wrap(f)()", "string.rep('x', 9)", "('x'):gsub('.', f)", "\0", "é",
    ];

    private static readonly LuaLimits Small = new() { InstructionCount = 200_000, MemoryBytes = 4 << 20, StringBytes = 1 << 16 };

    private static readonly Lazy<byte[][]> Sources = new(() =>
    [
        .. LuaTestBed.Modules().Select(File.ReadAllBytes),
        .. Snippets(),
    ]);

    [Fact]
    public void A_damaged_module_compiles_or_says_why_and_runs_within_its_budget() => Check(seed =>
    {
        var random = new Random(seed);
        var source = Sources.Value[random.Next(Sources.Value.Length)].ToList();
        for (var count = 1 + random.Next(8); count > 0; count--) Damage(source, random);
        Try([.. source]);
    });

    [Fact]
    public void Tokens_in_any_order_compile_or_say_why() => Check(seed =>
    {
        var random = new Random(seed);
        var source = new StringBuilder("local x, y, t = 1, 'y', {} local function f(...) return ... end ");
        for (var count = random.Next(60); count > 0; count--) source.Append(Tokens[random.Next(Tokens.Length)]).Append(' ');
        Try(Encoding.UTF8.GetBytes(source.ToString()));
    });

    [Fact]
    public void Any_pattern_is_matched_or_refused() => Check(seed =>
    {
        var pattern = Letters(new Random(seed), 12, "%()[]^$.*+-?abf1\xff");
        Call("local s, p = ... return s:find(p), s:match(p), s:gsub(p, '%0%1'), s:gmatch(p)()", "aab(b)f1-a]", LuaString.From(pattern));
    });

    [Fact]
    public void Any_format_is_written() => Check(seed =>
    {
        var format = Letters(new Random(seed), 12, "%%%%-+ #0123.*[]dsfgexqcTv\xc3");
        Call("local f, a, b, c, d = ... return f:format(a, b, c, d)", LuaString.From(format), 1.5, "é", default, new LuaTable());
    });

    private static void Check(Action<int> body) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), body).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds).WithEndSize(1_000_000));

    private static byte[] Letters(Random random, int most, string letters)
    {
        var text = new byte[random.Next(most)];
        for (var index = 0; index < text.Length; index++) text[index] = (byte)letters[random.Next(letters.Length)];
        return text;
    }

    private static void Damage(List<byte> source, Random random)
    {
        if (source.Count < 2) return;
        var at = random.Next(source.Count);
        var length = Math.Min(1 + random.Next(12), source.Count - at);
        switch (random.Next(4))
        {
            case 0: source.RemoveRange(at, length); break;
            case 1: source.InsertRange(at, source.GetRange(random.Next(source.Count - length + 1), length)); break;
            case 2: source.InsertRange(at, Encoding.UTF8.GetBytes($" {Tokens[random.Next(Tokens.Length)]} ")); break;
            default: source[at] = (byte)random.Next(256); break;
        }
    }

    private static void Call(string function, params LuaValue[] arguments)
    {
        var machine = LuaTestBed.Machine(Small);
        Only(() => machine.Call(machine.Load(function), arguments, CancellationToken.None));
    }

    private static void Try(byte[] source) => Only(() =>
    {
        var machine = LuaTestBed.Machine(Small);
        machine.Loaded["nakama"] = new LuaTable();
        machine.Call(machine.Load(LuaPrototype.Compile(source, "damaged")), [], CancellationToken.None);
    });

    /// <summary>Nothing but an error of the script, and not one that stands for an exception of the interpreter's own.</summary>
    private static void Only(Action action)
    {
        try
        {
            action();
        }
        catch (LuaException exception)
        {
            Assert.Null(exception.InnerException);
        }
    }

    private static IEnumerable<byte[]> Snippets()
    {
        using var file = JsonDocument.Parse(SourceTree.Read(LuaTestBed.Snippets + "/lua.json"));
        foreach (var row in file.RootElement.EnumerateArray()) yield return Encoding.UTF8.GetBytes(row.GetProperty("code").GetString()!);
    }
}
