namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>What JavaScript keeps in <c>ctx.env</c> and in its loggers.</summary>
public sealed class SharedEnvironments(JavaScriptNode node) : IClassFixture<JavaScriptNode>
{
    [Fact]
    public async Task What_one_call_assigns_all_later_calls_see_as_text()
    {
        await node.RunAsync("ctx.env.shared = 5; ctx.env.other = 'x';");

        // The interpreters take turns.
        for (var i = 0; i < 20; i++) Assert.Equal("""["5","x"]""", await node.RunAsync("return [ctx.env.shared, ctx.env.other];"));
        Assert.Equal("true", await node.RunAsync("return Object.keys(ctx.env).includes('shared') && 'shared' in ctx.env && JSON.stringify(ctx.env).includes('\"shared\":\"5\"');"));

        await node.RunAsync("delete ctx.env.shared;");
        for (var i = 0; i < 20; i++) Assert.Equal("undefined", await node.RunAsync("return typeof ctx.env.shared;"));
    }

    [Fact]
    public async Task The_environment_is_bounded() => Assert.Equal(
        "TypeError: the environment is too large",
        await node.FailAsync("ctx.env.large = 'x'.repeat(2000000);"));

    [Theory]
    [InlineData("Object.defineProperty(ctx.env, 'fixed', { enumerable: false })")]
    [InlineData("Object.defineProperty(ctx.env, 'fixed', { get: function () { return 'other'; } })")]
    [InlineData("Object.preventExtensions(ctx.env)")]
    [InlineData("Object.seal(ctx.env)")]
    [InlineData("Object.freeze(ctx.env)")]
    public async Task Only_values_can_be_defined_in_the_environment(string code)
    {
        await node.RunAsync("ctx.env.fixed = 'value';");

        Assert.StartsWith("TypeError: ", await node.FailAsync($"{code};"), StringComparison.Ordinal);

        Assert.Equal("""["value",true]""", await node.RunAsync("return [ctx.env.fixed, Object.isExtensible(ctx.env)];"));
    }

    [Fact]
    public async Task What_is_defined_with_a_value_is_shared()
    {
        await node.RunAsync("Object.defineProperty(ctx.env, 'defined', { value: 7, writable: true, enumerable: true, configurable: true });");

        for (var i = 0; i < 20; i++) Assert.Equal("7", await node.RunAsync("return ctx.env.defined;"));
    }

    [Fact]
    public async Task What_is_removed_or_replaced_makes_room_in_the_environment()
    {
        for (var i = 0; i < 4; i++) await node.RunAsync("ctx.env.roomy = 'x'.repeat(900000); ctx.env.roomy = 'x'.repeat(900001); delete ctx.env.roomy; delete ctx.env.roomy;");

        Assert.Equal("TypeError: the environment is too large", await node.FailAsync("ctx.env.roomy = 'x'.repeat(900000); try { ctx.env.more = 'x'.repeat(200000); } finally { delete ctx.env.roomy; }"));
    }

    [Fact]
    public async Task What_a_call_adds_to_its_logger_the_next_one_does_not_see()
    {
        await node.RunAsync("logger.added = 1; Object.defineProperty(logger, 'defined', { value: 2, configurable: true }); Object.assign(logger, { assigned: 3 });");

        // The interpreters take turns.
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(
                """["undefined","undefined","undefined","function"]""",
                await node.RunAsync("return [typeof logger.added, typeof logger.defined, typeof logger.assigned, typeof logger.info];"));
        }
    }

    [Fact]
    public async Task A_logger_with_fields_is_another_logger() => Assert.Equal(
        """[{},{"a":"b"},{"a":"b","c":"d"}]""",
        await node.RunAsync("""
            const one = logger.withField("a", "b"), two = one.withFields({ c: "d" });
            return [logger.getFields(), one.getFields(), two.getFields()];
            """));

    [Theory]
    [InlineData("logger.info(5)", "TypeError: invalid format argument: must be a string")]
    [InlineData("logger.withFields('x')", "TypeError: argument must be a map")]
    [InlineData("logger.withField('n', 5)", "TypeError: value argument must be a string")]
    public async Task Loggers_take_text_only(string code, string expected) => Assert.Equal(expected, await node.FailAsync($"{code};"));

    [Fact]
    public async Task Prototypes_of_text_cannot_be_changed() =>
        Assert.StartsWith("TypeError: ", await node.FailAsync("String.prototype.added = 1;"), StringComparison.Ordinal);
}
