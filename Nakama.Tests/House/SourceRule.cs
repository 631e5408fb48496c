using System.Text.RegularExpressions;

namespace Nakama.Tests.House;

/// <summary>Something the sources must not contain.</summary>
internal sealed partial record SourceRule(string Reason, Regex Forbidden, bool InComments = false)
{
    /// <summary>Each place that breaks the rule, as <c>path(line): reason</c>.</summary>
    public IEnumerable<string> Violations(SourceFile file)
    {
        var text = InComments ? file.Text : Comment().Replace(file.Text, match => new string('\n', match.Value.Count(letter => letter == '\n')));
        return Forbidden.Matches(text).Select(match => $"{file.Path}({text.AsSpan(0, match.Index).Count('\n') + 1}): {Reason}");
    }

    /// <summary>A call whose arguments, up to the closing parenthesis, name no clock.</summary>
    public static Regex CallWithoutClock(string name) =>
        new($@"\b{name}\((?!(?:[^()]|\((?:[^()]|\([^()]*\))*\))*?\b_?\w*(?:timeProvider|TimeProvider|\bclock|_clock|\btime\b|_time\b|\.Time\b))");

    [GeneratedRegex(@"/\*.*?\*/|(?<!:)//[^\n]*", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
