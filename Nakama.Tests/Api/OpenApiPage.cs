using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Api;

/// <summary>The description of the game API, which is written by this test and checked against the code.</summary>
public sealed class OpenApiPage(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Page = "docs/api/openapi.json";

    [Fact]
    public async Task The_written_description_is_the_one_that_the_server_serves()
    {
        var served = await fixture.Server.Http.GetStringAsync("/openapi.json");
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Page), served);

        Assert.Equal(SourceTree.Read(Page), served);
    }
}
