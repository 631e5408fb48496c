using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nakama.Server.Config;

namespace Nakama.Tests.House;

/// <summary>The page of all settings, which is written by this test and checked against the code.</summary>
public sealed partial class ConfigurationPage
{
    private const string Page = "docs/configuration.md";

    private const string Opening = """
        # Configuration

        Every setting has a name, a default, and three places it can come from; the later wins:

        1. YAML files, given with `--config`, where the dots of a name are levels
        2. the environment, where `socket.server_key` is `NAKAMA_SOCKET__SERVER_KEY`
        3. the command line, `--socket.server_key value` or `--socket.server_key=value`; a switch always with `=`

        Names, defaults and rules are those of the reference server, whose files and flags are accepted as they are (it has no
        second place). Everything is checked at the start, and every complaint is printed before the server gives up. A key
        that means nothing is named in the log.

        The database can also be given as the connection string `nakamadb`, in the environment as
        `ConnectionStrings__nakamadb`. It is used where no source gives `database.address`.

        This page is made from the code. `WRITE_DOCS=1 dotnet test --filter FullyQualifiedName~ConfigurationPage` writes it
        anew.

        """;

    [Fact]
    public void The_page_of_settings_says_what_the_code_says()
    {
        var expected = Write();
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") File.WriteAllText(Path.Combine(SourceTree.Root, Page), expected);

        Assert.Equal(expected, SourceTree.Read(Page));
    }

    private static string Write()
    {
        var page = new StringBuilder(Opening);
        var summaries = Summaries();
        var defaults = new NakamaOptions();
        foreach (var section in FlagTable.ByName.Values.Where(flag => !flag.IsIgnored).GroupBy(Section))
        {
            page.Append($"\n## {(section.Key.Length == 0 ? "The node" : section.Key)}\n\n| Setting | Kind | Default | Meaning |\n| --- | --- | --- | --- |\n");
            foreach (var flag in section)
            {
                var summary = summaries.GetValueOrDefault($"P:{flag.Property!.DeclaringType!.FullName}.{flag.Property.Name}", "");
                page.Append($"| `{flag.Name}` | {Kind(flag.Kind)} | {Default(flag.Get(defaults))} | {summary} |\n");
            }
        }
        var ignored = FlagTable.ByName.Values.Where(flag => flag.IsIgnored).Select(flag => $"`{flag.Name}`");
        return page.Append($"\n## Accepted without a meaning\n\n{string.Join(", ", ignored)}\n").ToString();
    }

    private static string Section(Flag flag) => flag.Name.Contains('.', StringComparison.Ordinal) ? flag.Name.Split('.')[0] : "";

    private static string Kind(FlagKind kind) => kind.ToString().ToLowerInvariant();

    private static string Default(object? value) => value switch
    {
        string { Length: > 0 } text => $"`{text}`",
        bool isOn => isOn ? "true" : "false",
        int number => $"{number}",
        _ => "",
    };

    /// <summary>The sentence at each property, as the compiler leaves it beside the assembly.</summary>
    private static Dictionary<string, string> Summaries() =>
        XDocument.Load(Path.ChangeExtension(typeof(NakamaOptions).Assembly.Location, ".xml")).Descendants("member").ToDictionary(
            member => member.Attribute("name")!.Value,
            member => Spaces().Replace(string.Concat(member.Element("summary")?.Nodes().Select(Text) ?? []), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal));

    private static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1]}`",
        XElement element => element.Value,
        XText text => text.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
