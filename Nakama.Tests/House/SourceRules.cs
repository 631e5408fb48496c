using System.Text.RegularExpressions;

namespace Nakama.Tests.House;

public sealed partial class SourceRules
{
    private const int MostLines = 500;

    private static readonly SourceRule[] ServerRules =
    [
        new("time comes from the TimeProvider", new Regex(@"\bDateTime(?:Offset)?\.(?:UtcNow|Now|Today)\b")),
        new("measured time comes from the TimeProvider", new Regex(@"\bStopwatch\b")),
        new("no thread sleeps", new Regex(@"\bThread\.Sleep\b")),
        new("a delay takes the TimeProvider", SourceRule.CallWithoutClock(@"Task\.Delay")),
        new("a timer takes the TimeProvider", SourceRule.CallWithoutClock("new PeriodicTimer")),
    ];

    private static readonly SourceRule Unfinished =
        new("unfinished", new Regex(@"\bTO" + @"DO\b|\bFIX" + @"ME\b|\bHA" + @"CK\b|\bNotImplemented" + "Exception"), InComments: true);

    private static readonly SourceRule UncheckedText =
        new("text becomes a parameter by TextParameters", new Regex(@"\bNpgsqlParameter<string(?:\?|\[\])?> \{|\bNpgsqlDbType\.Jsonb\b|\bAddWithValue\b"));

    private static readonly string[] Projects =
    [
        "Nakama.AppHost", "Nakama.Console", "Nakama.Server", "Nakama.ServiceDefaults", "Nakama.Tests", "benchmarks/Nakama.Benchmarks",
        "libraries/Nakama.Enet", "libraries/Nakama.GameLogic", "libraries/Nakama.GameLogic.Testing", "libraries/Nakama.Hosting.Aspire", "libraries/Nakama.Lua", "libraries/Nakama.Protocol",
    ];

    [Fact]
    public void The_server_takes_its_time_from_one_clock() => Assert.Empty(
        from file in SourceTree.Files("Nakama.Server", "*.cs")
        from rule in ServerRules
        from violation in rule.Violations(file)
        select violation);

    [Fact]
    public void Nothing_is_left_unfinished() => Assert.Empty(
        from project in Projects
        from pattern in new[] { "*.cs", "*.razor", "*.js", "*.mjs", "*.css", "*.sql", "*.proto" }
        from file in SourceTree.Files(project, pattern)
        from violation in Unfinished.Violations(file)
        select violation);

    [Fact]
    public void No_source_file_outgrows_a_readers_patience() => Assert.Empty(
        from project in Projects
        from file in SourceTree.Files(project, "*.cs")
        let lines = file.Text.AsSpan().Count('\n')
        where lines > MostLines
        select $"{file.Path} has {lines} lines");

    /// <summary>What holds many: the small types of a feature, or the nodes of a syntax tree.</summary>
    private static readonly string[] Gatherings = ["Types", "Syntax"];

    [Fact]
    public void A_file_is_named_after_a_type_in_it_or_gathers_the_small_types_of_its_feature() => Assert.Empty(
        from project in new[] { "Nakama.Server", "Nakama.Console" }
        from file in SourceTree.Files(project, "*.cs")
        let name = Path.GetFileName(file.Path).Split('.')[0]
        where !Array.Exists(Gatherings, ending => name.EndsWith(ending, StringComparison.Ordinal))
        let types = TypeDeclaration().Matches(file.Text).Select(match => match.Groups[1].Value).ToList()
        where types.Count > 0 && !types.Contains(name)
        select $"{file.Path} declares {string.Join(", ", types)}");

    [Fact]
    public void Text_goes_into_a_statement_only_where_it_is_checked() => Assert.Empty(
        from file in SourceTree.Files("Nakama.Server", "*.cs")
        where Path.GetFileName(file.Path) != "TextParameters.cs"
        from violation in UncheckedText.Violations(file)
        select violation);

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var day = DateTimeOffset.Now.Date;")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, 2)), cancellationToken);")]
    [InlineData("using var timer = new PeriodicTimer(period);")]
    public void Another_clock_is_noticed(string line) =>
        Assert.Equal("Sample.cs(2)", Assert.Single(ServerRules.SelectMany(rule => rule.Violations(new("Sample.cs", "\n" + line)))).Split(':')[0]);

    [Theory]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), _time, cancellationToken);")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(Math.Max(1, 2)), timeProvider, cancellationToken);")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);")]
    [InlineData("// DateTime.UtcNow is not what we want here.")]
    public void The_one_clock_and_words_about_others_are_fine(string line) =>
        Assert.Empty(ServerRules.SelectMany(rule => rule.Violations(new("Sample.cs", line))));

    [GeneratedRegex(@"^(?:public |internal )(?:[a-z]+ )*(?:record struct|record|enum|struct|class|interface|delegate [\w<>?\[\], ]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
