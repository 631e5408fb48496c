using System.Globalization;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Sdk;

/// <summary>The JavaScript clients people use, unmodified, against a node. What each expects stands in its script.</summary>
public sealed class JavaScriptClients(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private string Port => fixture.Server.Port.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_official_client_signs_in_links_and_stores() =>
        Assert.Contains("done", await NodeScripts.RunAsync("requests.mjs", Port), StringComparison.Ordinal);

    [Fact]
    public async Task The_official_client_makes_friends_and_groups() =>
        Assert.Contains("done", await NodeScripts.RunAsync("social.mjs", Port), StringComparison.Ordinal);

    [Theory]
    [InlineData("json")]
    [InlineData("protobuf")]
    public async Task The_official_client_chats_and_follows(string format) =>
        Assert.Contains("done", await NodeScripts.RunAsync("sockets.mjs", Port, format), StringComparison.Ordinal);

    [Theory]
    [InlineData("json")]
    [InlineData("protobuf")]
    public async Task The_official_client_plays_matches_and_gathers_parties(string format) =>
        Assert.Contains("done", await NodeScripts.RunAsync("games.mjs", Port, format), StringComparison.Ordinal);

    [Fact]
    public async Task A_gRPC_client_calls_looks_after_health_and_asks_for_the_services() =>
        Assert.Contains(
            "done",
            await NodeScripts.RunAsync(
                "grpc.mjs",
                fixture.Server.GrpcPort.ToString(CultureInfo.InvariantCulture),
                Path.Combine(SourceTree.Root, "libraries", "Nakama.Protocol", "Protos")),
            StringComparison.Ordinal);
}
