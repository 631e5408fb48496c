using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Runtime.Functions;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>The list of functions for modules, which is written by this test and checked against the code.</summary>
public sealed class FunctionPage(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Page = "docs/runtime/functions.md";

    [Fact]
    public async Task The_written_page_tells_of_every_function()
    {
        var text = FunctionDocument.Write(fixture.Server.Services.GetRequiredService<FunctionCatalog>());
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.Combine(SourceTree.Root, "docs", "runtime"));
            await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Page), text);
        }

        Assert.Equal(SourceTree.Read(Page), text);
    }
}
