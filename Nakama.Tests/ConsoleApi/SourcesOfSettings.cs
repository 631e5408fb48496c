using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleApi;

public sealed class SourcesOfSettings(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Every_setting_says_where_its_value_came_from()
    {
        using var admin = ConsoleCaller.Basic(fixture.Server, "admin", "password");

        var settings = (await admin.GetAsync("/v2/console/live/setting")).Body.GetProperty("settings").EnumerateArray()
            .ToDictionary(static setting => setting.GetProperty("name").GetString()!, static setting => setting.GetProperty("kind").GetString());

        Assert.Equal(("program", "default"), (settings["socket.port"], settings["socket.server_key"]));
    }
}
