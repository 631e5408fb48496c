using Nakama.Server.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Nakama.Server.Config;

/// <summary>Reads a YAML file: its keys are the flags' names, split at the dots.</summary>
internal static class ConfigFile
{
    /// <param name="path">The file; throws <see cref="StartupException"/> when it cannot be read or understood.</param>
    /// <param name="unknown">Takes the keys that no flag has.</param>
    public static List<FlagValue> Read(string path, ICollection<string> unknown)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"Could not read config file {path}: {e.Message}", e);
        }

        return Parse(text, path, unknown);
    }

    internal static List<FlagValue> Parse(string text, string path, ICollection<string> unknown)
    {
        var values = new List<FlagValue>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 0 && !IsNothing(stream.Documents[0].RootNode))
                Walk(stream.Documents[0].RootNode, "", values, unknown);
        }
        catch (Exception e) when (e is YamlException or FormatException or OverflowException)
        {
            throw new StartupException($"Could not parse config file {path}: {e.Message}", e);
        }

        return values;
    }

    private static void Walk(YamlNode node, string prefix, List<FlagValue> values, ICollection<string> unknown)
    {
        if (node is not YamlMappingNode mapping) throw new FormatException($"{prefix.TrimEnd('.')} must have keys");
        foreach (var (key, value) in mapping.Children)
        {
            var name = prefix + (key as YamlScalarNode)?.Value;
            if (IsNothing(value)) continue;
            if (FlagTable.ByName.TryGetValue(name, out var flag)) values.Add(new FlagValue(flag, Read(flag, value)));
            else if (IsSection(name)) Walk(value, name + ".", values, unknown);
            else unknown.Add(name);
        }
    }

    private static bool IsSection(string name)
    {
        var prefix = name + ".";
        return FlagTable.ByName.Keys.Any(known => known.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static object Read(Flag flag, YamlNode node)
    {
        if (flag.Kind == FlagKind.List)
        {
            return node is YamlSequenceNode list
                ? list.Children.Select(item => Scalar(flag, item)).ToArray()
                : throw new FormatException($"{flag.Name} must be a list");
        }

        var text = Scalar(flag, node);
        try
        {
            return flag.Kind == FlagKind.Switch
                ? text.ToUpperInvariant() switch { "YES" or "ON" => true, "NO" or "OFF" => false, _ => flag.Parse(text) }
                : flag.Parse(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new FormatException($"{flag.Name} cannot be \"{text}\"", e);
        }
    }

    private static string Scalar(Flag flag, YamlNode node) =>
        node is YamlScalarNode scalar ? scalar.Value ?? "" : throw new FormatException($"{flag.Name} must be a single value");

    private static bool IsNothing(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" or "Null" or "NULL" };
}
