namespace Nakama.Tests.Runtime.Lua;

/// <summary>The rows of the recording that this server answers otherwise, on purpose.</summary>
internal static class SnippetDeviations
{
    public static IReadOnlySet<string> Names { get; } = new[]
    {
        // Several local variables are assigned at once: a, b = b, a swaps.
        Rows("multiple-assignment", 1, 2, 6, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20),
        Rows("precedence-statements", 3),

        // The control variable of a loop over two expressions starts as nil.
        Rows("iterator-start", 1, 4, 5, 8),
        Rows("loops", 34),

        // The frontier pattern finds every frontier.
        Rows("strings-find-match", 18, 19),

        // table.concat takes no stack slot for each piece; many operands of .. and many arguments are no trouble.
        Rows("strings-functions", 55),
        Rows("deep-limits", 2, 3, 5, 6, 7, 20, 30),

        // The last digit of tan, sin(pi), acos and 10^308 is another library's.
        Rows("math", 26, 27),
        Rows("arithmetic", 42),

        // There are coroutines.
        Rows("errors", 103),
        Rows("functions-library", 72, 98),

        // All interpreters of the pool see one table of string functions and one package.loaded.
        Rows("functions-library", 71, 73, 87, 94, 105),
    }.SelectMany(rows => rows).ToHashSet();

    private static IEnumerable<string> Rows(string group, params int[] numbers) => numbers.Select(number => $"{group}-{number:000}");
}
