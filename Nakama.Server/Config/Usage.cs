using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Nakama.Server.Config;

/// <summary>The list of all flags with their defaults, and what each is for.</summary>
public static partial class Usage
{
    public static string Text()
    {
        var defaults = new NakamaOptions();
        var summaries = ReadSummaries();
        var text = new StringBuilder("Usage of nakama:\n");
        foreach (var flag in FlagTable.ByName.Values.OrderBy(flag => flag.Name, StringComparer.Ordinal))
        {
            text.Append("  -").Append(flag.Name);
            if (flag.Kind != FlagKind.Switch) text.Append(flag.Kind switch { FlagKind.Number => " int", FlagKind.List => " value", _ => " string" });
            text.Append("\n    \t").Append(summaries.GetValueOrDefault(Member(flag), "Accepted and ignored."));
            if (flag.DefaultText(defaults) is { Length: > 0 } value) text.Append(" (default ").Append(value).Append(')');
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Member(Flag flag) =>
        flag.Property is { } property ? $"P:{property.DeclaringType!.FullName}.{property.Name}" : "";

    /// <summary>The sentences stand once, at the properties; the compiler leaves them beside the program.</summary>
    private static Dictionary<string, string> ReadSummaries()
    {
        var path = Path.ChangeExtension(typeof(Usage).Assembly.Location, ".xml");
        try
        {
            return XDocument.Load(path).Descendants("member")
                .Where(member => member.Attribute("name")!.Value.StartsWith("P:Nakama.Server.", StringComparison.Ordinal))
                .ToDictionary(
                    member => member.Attribute("name")!.Value,
                    member => Spaces().Replace(member.Element("summary")?.Value ?? "", " ").Trim());
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
