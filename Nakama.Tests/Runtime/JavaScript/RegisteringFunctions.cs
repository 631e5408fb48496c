using Nakama.Server.Errors;

namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>The ways in which a bundle may declare and register its functions.</summary>
public sealed class RegisteringFunctions
{
    [Fact]
    public async Task Functions_without_a_global_name_are_found_in_every_engine()
    {
        await using var server = await StartAsync("""
            function InitModule(ctx, logger, nk, initializer) {
              const id = "local-id", greeting = nk.md5Hash("x").length;
              const local = () => "local " + greeting;
              function nested() { return "nested"; }
              const methods = { short() { return "short"; } };
              if (greeting > 0) initializer.registerRpc(id, local);
              [nested].forEach(f => initializer.registerRpc("nested", f));
              initializer.registerRpc("inline", (ctx, logger, nk, payload) => "inline " + payload);
              initializer.registerRpc("short", methods.short);
            }
            """);

        Assert.Equal((200, "local 32"), await server.CallAsync("local-id"));
        Assert.Equal((200, "nested"), await server.CallAsync("nested"));
        Assert.Equal((200, "inline p"), await server.CallAsync("inline", "p"));
        Assert.Equal((200, "short"), await server.CallAsync("short"));
    }

    [Fact]
    public async Task InitModule_acts_once_however_many_engines_run_it()
    {
        await using var server = await StartAsync("""
            function InitModule(ctx, logger, nk, initializer) {
              const [ack] = nk.storageWrite([{ collection: "init", key: nk.uuidv4(), value: {} }]);
              initializer.registerRpc("key", () => ack.key);
              initializer.registerRpc("count", (ctx, logger, nk) => String(nk.storageList(null, "init", 100).objects.length));
            }
            """);

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.CallAsync("key")));

        Assert.Single(keys.Distinct());
        Assert.Equal((200, "1"), await server.CallAsync("count"));
    }

    [Fact]
    public async Task Output_of_bundlers_is_taken_as_it_is()
    {
        await using var iife = await StartAsync("""
            "use strict";
            var game = (() => {
              function hello() { return "from an iife"; }
              function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("hello", hello); }
              return { InitModule };
            })();
            """);
        await using var module = await StartAsync("""
            function hello() { return "from a module"; }
            var init_default = function (ctx, logger, nk, initializer) { initializer.registerRpc("hello", hello); };
            export { init_default as InitModule };
            """);

        Assert.Equal((200, "from an iife"), await iife.CallAsync("hello"));
        Assert.Equal((200, "from a module"), await module.CallAsync("hello"));
    }

    [Fact]
    public async Task A_class_helper_of_older_compilers_works_with_frozen_globals()
    {
        await using var server = await StartAsync("""
            var __extends = (this && this.__extends) || (function () {
              var extendStatics = function (d, b) {
                extendStatics = Object.setPrototypeOf || function (d, b) { d.__proto__ = b; };
                return extendStatics(d, b);
              };
              return function (d, b) {
                extendStatics(d, b);
                function __() { this.constructor = d; }
                d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
              };
            })();
            var Animal = (function () { function Animal(name) { this.name = name; } Animal.prototype.speak = function () { return this.name + " speaks"; }; return Animal; }());
            var Dog = (function (_super) { __extends(Dog, _super); function Dog() { return _super !== null && _super.apply(this, arguments) || this; } return Dog; }(Animal));
            function speak(ctx, logger, nk, payload) { return new Dog(payload).speak(); }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("speak", speak); }
            """);

        Assert.Equal((200, "Rex speaks"), await server.CallAsync("speak", "Rex"));
    }

    [Fact]
    public async Task Undefined_members_of_what_is_written_count_as_left_out()
    {
        await using var server = await StartAsync("""
            function write(ctx, logger, nk, payload) {
              const [ack] = nk.storageWrite([{ collection: "c", key: "k", userId: undefined, version: undefined, permissionRead: undefined, value: { a: undefined, b: 1 } }]);
              return JSON.stringify(nk.storageRead([{ collection: "c", key: "k" }])[0].value);
            }
            function InitModule(ctx, logger, nk, initializer) { initializer.registerRpc("write", write); }
            """);

        Assert.Equal((200, """{"a":null,"b":1}"""), await server.CallAsync("write"));
    }

    [Theory]
    [InlineData("import x from 'y'; function InitModule() {}", "index.js:1: modules cannot import other modules")]
    [InlineData("var x = 1;\nvar y = ;", "index.js:2:9")]
    [InlineData("function f() {}", "InitModule function not found")]
    [InlineData("function InitModule(ctx, logger, nk, initializer) {\n  initializer.registerRpc('a', undefined);\n}", "index.js:2:")]
    public async Task A_module_that_cannot_be_loaded_says_where_and_why(string source, string expected)
    {
        var error = await Assert.ThrowsAsync<StartupException>(() => StartAsync(source));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stacks_show_the_lines_of_the_source_that_was_compiled()
    {
        // Line 2 of the bundle comes from line 40 of src/game.ts.
        const string Map = """{"version":3,"sources":["../src/game.ts"],"names":[],"mappings":";AAuCA"}""";
        await using var server = await ModuleServer.StartAsync(
            [
                ("index.js", "// bundle\nfunction fail() { throw new Error('m'); }\nfunction InitModule(ctx, logger, nk, initializer) { initializer.registerRpc('fail', fail); }\n//# sourceMappingURL=index.js.map"),
                ("index.js.map", Map),
            ]);

        var (status, body) = await server.CallAsync("fail");

        Assert.Equal(500, status);
        Assert.StartsWith("Error: m at fail (src/game.ts:40:", ModuleServer.MessageOf(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_that_a_function_causes_runs_on_the_engine_that_waits_for_it()
    {
        await using var server = await ModuleServer.StartAsync(
            [
                ("index.js", """
                    let calls = 0;
                    function keep(ctx, logger, nk, write) { calls++; return true; }
                    function write(ctx, logger, nk, payload) {
                      nk.storageWrite([{ collection: "things", key: "k", value: { level: 1 } }]);
                      return String(calls);
                    }
                    function InitModule(ctx, logger, nk, initializer) {
                      initializer.registerRpc("write", write);
                      initializer.registerStorageIndex("levels", "things", "", ["level"], [], 100, false);
                      initializer.registerStorageIndexFilter("levels", keep);
                    }
                    """),
            ],
            static runtime => runtime with { JsMaxCount = 1 });

        var (status, text) = await server.CallAsync("write");

        Assert.Equal(200, status);
        Assert.True(int.Parse(text, null) >= 1);
    }

    private static Task<ModuleServer> StartAsync(string source) => ModuleServer.StartAsync([("index.js", source)]);
}
