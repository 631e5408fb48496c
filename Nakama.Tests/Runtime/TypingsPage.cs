using Microsoft.Extensions.DependencyInjection;
using Nakama.Server.Runtime.Functions;
using Nakama.Server.Runtime.JavaScript;
using Nakama.Tests.House;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>The declarations for TypeScript, which are written by this test and checked against the code.</summary>
public sealed class TypingsPage(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Page = "docs/runtime/nakama-runtime.d.ts";

    [Fact]
    public async Task The_written_declarations_tell_of_every_function()
    {
        var text = TypingsDocument.Write(fixture.Server.Services.GetRequiredService<FunctionCatalog>());
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Page), text);

        Assert.Equal(SourceTree.Read(Page), text);
    }
}
