namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>
/// Programs that loop, recurse or use memory without end: each call is answered, and the node and other calls go on.
/// </summary>
public sealed class HostilePrograms(HostilePrograms.Node node) : IClassFixture<HostilePrograms.Node>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private static readonly Dictionary<string, string> Programs = new(StringComparer.Ordinal)
    {
        ["texts in a list"] = "var a = []; for (var i = 0; ; i++) a.push('x'.repeat(1000) + i);",
        ["a linked list"] = "var x = {}; for (;;) x = { n: x };",
        ["lists of numbers"] = "var a = []; for (;;) a.push(new Array(1000000).fill(1.5));",
        ["a text that doubles"] = "var s = 'xy'; for (;;) { s += s; s.charCodeAt(5); }",
        ["buffers"] = "var a = []; for (;;) a.push(new Uint8Array(10000000).fill(1));",
        ["one huge buffer"] = "new Uint8Array(4000000000).fill(1).length",
        ["a map"] = "var m = new Map(); for (var i = 0; ; i++) m.set(i, { i: i });",
        ["Array.from"] = "Array.from({ length: 100000000 }, function () { return {}; })",
        ["joined texts"] = "var a = new Array(30000000).join('abcdefgh'); var b = []; for (;;) b.push(a + b.length);",
        ["nested JSON lists"] = "var t = '[' + new Array(4000000).join('[1,2,{}],') + '1]'; var b = []; for (;;) b.push(JSON.parse(t));",
        ["memory within try"] = "var a = []; for (;;) { try { for (;;) a.push(new Array(100000).fill(a.length)); } catch (e) { } }",
        ["split texts"] = "var s = new Array(20000000).join('a,'); var b = []; for (;;) b.push(s.split(','));",
        ["promises"] = "var n = 0; function f() { n++; Promise.resolve().then(f); Promise.resolve().then(f); } f();",
        ["matches of an expression"] = "var s = 'a'.repeat(50000000); var b = []; for (;;) b.push(s.match(/a/g));",
        ["spread lists"] = "var a = [1]; for (;;) a = [...a, ...a];",
        ["caught recursion"] = "function f() { return f() + 1; } try { f(); } catch (e) { 'caught ' + e; }",
        ["recursion"] = "function f(a, b, c) { var d = [a, b, c]; return f(d, a, b); } f();",
        ["a getter that calls itself"] = "var o = { get x() { return this.x; } }; o.x;",
        ["conversions that call themselves"] =
            "var o = { toString: function () { return '' + [o].map(function (x) { return [3, 2, 1].sort(function () { return String(o); }); }); } }; try { String(o); } catch (e) { 'caught ' + e; }",
        ["deep JSON text"] = "var s = '['.repeat(1000000) + ']'.repeat(1000000); try { JSON.parse(s); } catch (e) { 'caught ' + e; }",
        ["a deep list as JSON"] = "var a = []; for (var i = 0; i < 1000000; i++) a = [a]; try { JSON.stringify(a); } catch (e) { 'caught ' + e; }",
        ["a deep list as text"] = "var a = []; for (var i = 0; i < 1000000; i++) a = [a]; try { String(a).length; } catch (e) { 'caught ' + e; }",
        ["nested parentheses"] = "try { eval('('.repeat(200000) + '1' + ')'.repeat(200000)); } catch (e) { 'caught ' + e; }",
        ["a long sum"] = "try { eval('1' + '+1'.repeat(500000)); } catch (e) { 'caught ' + e; }",
        ["nested blocks"] = "try { new Function('if(1){'.repeat(100000) + '}'.repeat(100000))(); } catch (e) { 'caught ' + e; }",
        ["a nested expression"] = "try { new RegExp('('.repeat(500000) + ')'.repeat(500000)); } catch (e) { 'caught ' + e; }",
        ["a chain of proxies"] = "var p = {}; for (var i = 0; i < 500000; i++) p = new Proxy(p, {}); try { p.x; } catch (e) { 'caught ' + e; }",
        ["a chain of bound functions"] = "var f = function () { }; for (var i = 0; i < 500000; i++) f = f.bind(null); try { f(); } catch (e) { 'caught ' + e; }",
        ["a deep text"] = "var s = ''; for (var i = 0; i < 3000000; i++) s = 'x' + s + 'y'; s.length + s.charCodeAt(100);",
        ["a deep flat"] = "var a = []; for (var i = 0; i < 1000000; i++) a = [a]; try { a.flat(Infinity).length; } catch (e) { 'caught ' + e; }",
        ["recursion in a sort"] = "function f() { return [2, 1].sort(f).length; } try { f(); } catch (e) { 'caught ' + e; }",
        ["nested conditions"] = "try { new Function('x' + '?1:x'.repeat(200000))(); } catch (e) { 'caught ' + String(e).slice(0, 80); }",
        ["a chain of else"] = "try { new Function('x', 'if(x==1){}' + 'else if(x==2){}'.repeat(100000))(5); } catch (e) { 'caught ' + String(e).slice(0, 80); }",
        ["a chain of generators"] = "function* g(n) { if (n > 0) yield* g(n - 1); else yield 1; } try { [...g(500000)].length; } catch (e) { 'caught ' + String(e).slice(0, 80); }",
        ["chains of generators that are closed"] =
            "function* g(n) { try { if (n > 0) yield* g(n - 1); else yield 1; } finally { n--; } } for (var n = 500; ; n = Math.floor(n * 1.1)) { var i = g(n); i.next(); i.return(); }",
        ["chains of generators that are resumed"] =
            "function* g(n) { try { if (n > 0) yield* g(n - 1); else for (;;) yield 1; } catch (e) { } } for (var n = 500; ; n = Math.floor(n * 1.1)) { var i = g(n); i.next(); i.next(); i.throw('x'); }",
        ["a chain of prototypes"] = "var o = {}; for (var i = 0; i < 500000; i++) o = Object.create(o); try { o.x; o.x = 1; 'x' in o; } catch (e) { 'caught ' + e; }",
        ["a chain of iterators"] = "var a = [1, 2, 3].values(); for (var i = 0; i < 500000; i++) a = a.map ? a.map(function (x) { return x; }) : a; try { a.next(); } catch (e) { 'caught ' + e; }",
        ["generators within iterator helpers"] = "function* g(n) { yield* g(n - 1).map(function (x) { return x; }); } [...g(500000)];",
        ["generators that are destructured"] = "function* g(n) { const [a, b] = g(n - 1); yield a; } [...g(500000)];",
        ["generators that are spread"] = "function* g(n) { yield [...g(n - 1)]; } [...g(500000)];",
        ["generators of lists"] = "function* g(n) { yield Array.from(g(n - 1)); } Array.from(g(500000));",
        ["generators of maps"] = "function* g(n) { yield new Map(g(n - 1)); } new Map(g(500000));",
        ["generators that catch their end"] = "function* g(n) { for (;;) try { yield* g(n - 1); } catch (e) { } } [...g(500000)];",
        ["recursion that catches its end"] = "function f(n) { try { f(n - 1); } catch (e) { for (;;) { try { for (;;) ; } catch (e) { } } } } f(500000);",
        ["recursion that catches its end and goes on"] = "function f(n) { for (;;) try { f(n - 1); } catch (e) { } } f(500000);",
        ["recursion that cleans up"] = "function f(n) { try { f(n - 1); } finally { n--; } } f(500000);",
        ["asynchronous generators"] = "async function* g(n) { yield* g(n - 1); } (async function () { for await (const x of g(500000)) { } })();",
        ["generators that use memory"] = "var kept = []; function* g(n) { kept.push(new Array(5000).fill(n)); yield* g(n - 1); } [...g(500000)];",
        ["a sparse list"] = "var a = []; a.length = 4294967295; try { a.concat(a); a.fill(1); } catch (e) { 'caught ' + String(e).slice(0, 80); }",
        ["growth by replacing"] = "var s = 'aaaaaaaaaa'; for (;;) s = s.replace(/a/g, 'aaaaaaaaaa');",
        ["padded texts"] = "var b = []; for (;;) b.push('abc'.padEnd(200000000, 'z' + b.length));",
        ["a number that grows"] = "var x = 3n; for (;;) x = x * x;",
        ["functions that keep memory"] = "var fs = []; for (;;) { (function () { var big = new Array(1000); fs.push(function () { return big; }); })(); }",
    };

    public static TheoryData<string> Names => [.. Programs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_call_is_answered_and_others_go_on(string program)
    {
        using var patience = new CancellationTokenSource(Patience);

        var (status, body) = await node.Server.CallAsync("attack", Programs[program], patience.Token);

        Assert.True(status is 200 or 500, $"{status} {body}");
        await Waiting.UntilAsync(async () => await node.Server.CallAsync("greet", "", patience.Token) is (200, "hello"), patience.Token);
    }

    public sealed class Node : IAsyncLifetime
    {
        private const string Module = """
            function attack(ctx, logger, nk, payload) { return String((0, eval)(payload)); }
            function greet(ctx, logger, nk, payload) { return "hello"; }
            function InitModule(ctx, logger, nk, initializer) {
              initializer.registerRpc("attack", attack);
              initializer.registerRpc("greet", greet);
            }
            """;

        internal ModuleServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await ModuleServer.StartAsync(
            [("index.js", Module)], static runtime => runtime with { JsCallTimeoutMs = 1000, JsCallMemoryMb = 64, JsMaxCount = 3 });

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }

    private static class Waiting
    {
        public static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
        {
            while (!await condition()) cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
