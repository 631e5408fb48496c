using Nakama.Tests.House;

namespace Nakama.Tests.TestHost;

/// <summary>The code blocks on the documentation pages of this project.</summary>
public static class CodeBlocks
{
    private const string Fence = "```";

    /// <summary>The code blocks of one language on a page, in their order.</summary>
    /// <param name="page">A path below the root, such as <c>docs/api/rpc.md</c>.</param>
    /// <param name="language">The language after the fence.</param>
    public static IReadOnlyList<string> Of(string page, string language) =>
        [.. SourceTree.Read(page).Split(Fence)
            .Where((block, i) => i % 2 == 1 && block.StartsWith(language + "\n", StringComparison.Ordinal))
            .Select(block => block[(language.Length + 1)..])];
}
