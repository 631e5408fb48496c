using Nakama.Server.Runtime.Callbacks;
using Nakama.Tests.House;

namespace Nakama.Tests.Runtime;

/// <summary>The list of callbacks, which is written by this test and checked against the code.</summary>
public sealed class CallbackPage
{
    private const string Page = "docs/runtime/callbacks.md";

    [Fact]
    public async Task The_written_page_tells_of_every_kind()
    {
        var text = CallbackDocument.Write();
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") await File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Page), text);

        Assert.Equal(SourceTree.Read(Page), text);
    }
}
