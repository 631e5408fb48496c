using System.Collections;
using Nakama.Server.Config;
using Nakama.Server.Errors;

namespace Nakama.Tests.Configuration;

public sealed class Sources : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-config-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_files()
    {
        var first = Write("socket: {port: 1, server_key: one}\nname: first\nlogger: {level: debug, max_size: 5}");
        var second = Write("socket:\n  server_key: two\nname:\n");

        var options = Read(["--config", first, "--config", second, "--logger.max_size", "7"], ("NAKAMA_SOCKET__PORT", "2"), ("NAKAMA_LOGGER__MAX_SIZE", "6")).Options;

        Assert.Equal((2, "two", "first", "debug", 7), (options.Socket.Port, options.Socket.ServerKey, options.Name, options.Logger.Level, options.Logger.MaxSize));
    }

    [Fact]
    public void A_list_of_a_later_file_replaces_the_whole_list()
    {
        var first = Write("leaderboard: {blacklist_rank_cache: [a, b]}");
        var second = Write("leaderboard: {blacklist_rank_cache: [c]}");

        Assert.Equal(["c"], Read(["--config", first, "--config", second]).Options.Leaderboard.BlacklistRankCache);
    }

    [Fact]
    public void The_environment_of_modules_is_merged_by_its_keys()
    {
        var first = Write("runtime: {env: [A=1, B=2=3]}");
        var second = Write("runtime: {env: [B=4, C=5]}");

        var options = Read(["--config", first, "--config", second, "--runtime.env", "Z=0", "--runtime.env", "A=9"]).Options;

        Assert.Equal(["A=9", "B=4", "C=5", "Z=0"], options.Runtime.Env);
    }

    [Fact]
    public void Lists_come_from_the_environment_whole_or_one_by_one()
    {
        Assert.Equal(["a", "b"], Read([], ("NAKAMA_LEADERBOARD__BLACKLIST_RANK_CACHE", "a, b")).Options.Leaderboard.BlacklistRankCache);
        Assert.Equal(["x=1,2", "y=3"], Read([], ("NAKAMA_SOCKET__RESPONSE_HEADERS__1", "y=3"), ("NAKAMA_SOCKET__RESPONSE_HEADERS__0", "x=1,2")).Options.Socket.ResponseHeaders);
    }

    [Fact]
    public void A_file_may_be_named_in_the_environment()
    {
        var file = Write("name: fromfile");

        var reading = Read([], ("NAKAMA_CONFIG", file));

        Assert.Equal("fromfile", reading.Options.Name);
        Assert.Equal([file], reading.Files);
    }

    [Fact]
    public void Keys_that_mean_nothing_are_named()
    {
        var file = Write("socket: {prot: 1, port: 2}\nextra: {deep: 1}\ngoogle_auth: {\"-\": {clientid: x}}\nconsole: {mfa: {admin_account_enabled: true}}");

        var reading = Read(["--config", file], ("NAKAMA_SOKET__PORT", "1"), ("NAKAMA_TELEMETRY", "0"), ("NAKAMADB_HOST", "x"));

        Assert.Equal(["NAKAMA_SOKET__PORT", "extra", "socket.prot"], reading.UnknownKeys.Order(StringComparer.Ordinal));
        Assert.Equal(2, reading.Options.Socket.Port);
        Assert.False(reading.Options.Mfa.AdminAccountEnabled);
    }

    [Theory]
    [InlineData("socket: {port: many}")]
    [InlineData("socket: [1]")]
    [InlineData("socket: {port: [1]}")]
    [InlineData("database: {address: one}")]
    [InlineData("socket: {port: 1")]
    [InlineData("socket: {port: 1}\nsocket: {port: 2}")]
    [InlineData("just words")]
    public void A_file_that_makes_no_sense_is_refused(string text) =>
        Assert.StartsWith("Could not parse config file ", Assert.Throws<StartupException>(() => Read(["--config", Write(text)])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.StartsWith("Could not read config file ", Assert.Throws<StartupException>(() => Read(["--config", Path.Combine(_folder, "none")])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("socket:\n")]
    public void A_file_may_say_nothing(string text) => Assert.Equal(7350, Read(["--config", Write(text)]).Options.Socket.Port);

    [Fact]
    public void A_variable_that_cannot_be_read_is_named() =>
        Assert.Contains("NAKAMA_SOCKET__PORT", Assert.Throws<StartupException>(() => Read([], ("NAKAMA_SOCKET__PORT", "x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_app_hosts_database_is_used_where_no_address_is_given()
    {
        const string Text = "Host=h;Port=1;Username=u;Password=p;Database=d";

        Assert.Equal([Text], Read([], ("ConnectionStrings__nakamadb", Text)).Options.Database.Address);
        Assert.Equal(["a@b"], Read(["--database.address", "a@b"], ("ConnectionStrings__nakamadb", Text)).Options.Database.Address);
    }

    [Fact]
    public void Each_value_knows_the_last_place_that_gave_it()
    {
        var file = Write("socket:\n  port: 1\n  server_key: a\nlogger:\n  level: warn\n");

        var reading = Read(["--config", file, "--socket.port", "3"], ("NAKAMA_SOCKET__SERVER_KEY", "b"), ("ConnectionStrings__nakamadb", "Host=h"));

        Assert.Equal(new ConfigSource(ConfigSourceKind.CommandLine), reading.Sources["socket.port"]);
        Assert.Equal(new ConfigSource(ConfigSourceKind.Environment, "NAKAMA_SOCKET__SERVER_KEY"), reading.Sources["socket.server_key"]);
        Assert.Equal(new ConfigSource(ConfigSourceKind.File, file), reading.Sources["logger.level"]);
        Assert.Equal(new ConfigSource(ConfigSourceKind.Environment, "ConnectionStrings__nakamadb"), reading.Sources["database.address"]);
        Assert.DoesNotContain("socket.address", reading.Sources.Keys);
    }

    [Fact]
    public void Deprecated_names_win_over_those_that_replaced_them()
    {
        var runtime = Read(["--runtime.min_count", "3", "--runtime.lua_min_count", "4", "--runtime.read_only_globals=false"]).Options.Runtime;

        Assert.Equal((3, 48, false, true), (runtime.LuaMinCount, runtime.LuaMaxCount, runtime.LuaReadOnlyGlobals, runtime.JsReadOnlyGlobals));
    }

    [Fact]
    public void Modules_live_below_the_data_folder_unless_told_otherwise()
    {
        Assert.Equal(Path.Combine("/x", "modules"), Read(["--data_dir", "/x"]).Options.Runtime.Path);
        Assert.Equal("/y", Read(["--data_dir", "/x", "--runtime.path", "/y"]).Options.Runtime.Path);
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "data", "modules"), Read([]).Options.Runtime.Path);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllText(file, text);
        return file;
    }

    private static ConfigReading Read(string[] args, params (string Name, string Value)[] variables) =>
        ConfigReader.Read(args, new Hashtable(variables.ToDictionary(variable => variable.Name, variable => variable.Value)));
}
