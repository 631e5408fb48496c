using Nakama.Tests.House;

namespace Nakama.Tests.TestHost;

/// <summary>The pieces of code on the pages of this project.</summary>
public static class CodeBlocks
{
    private const string Fence = "```";

    /// <summary>The pieces of one language on a page, in their order.</summary>
    /// <param name="page">A path below the root, such as <c>docs/api/rpc.md</c>.</param>
    /// <param name="language">The word after the fence.</param>
    public static IReadOnlyList<string> Of(string page, string language) =>
        [.. SourceTree.Read(page).Split(Fence)
            .Where((block, i) => i % 2 == 1 && block.StartsWith(language + "\n", StringComparison.Ordinal))
            .Select(block => block[(language.Length + 1)..])];
}
