using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nakama.Server.Database;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Nakama.Server.Config;

/// <summary>Writes the settings in effect as a file that <c>--config</c> reads, or the same as JSON.</summary>
internal static class ConfigFileWriter
{
    private const string Mask = "REDACTED";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Long texts stay on their line.
    private static readonly EmitterSettings OneLine = EmitterSettings.Default.WithBestWidth(int.MaxValue);

    /// <summary>The settings by their sections.</summary>
    /// <param name="options">The settings in effect.</param>
    /// <param name="sources">Where they came from.</param>
    /// <param name="withDefaults">Whether those that were not given are included.</param>
    /// <param name="withSecrets">Whether secrets are included.</param>
    /// <param name="withheld">Takes the names of secrets that are not included, or not as they are.</param>
    public static JsonObject Collect(NakamaOptions options, ConfigSources sources, bool withDefaults, bool withSecrets, ICollection<string> withheld)
    {
        var root = new JsonObject();
        foreach (var flag in FlagTable.ByName.Values)
        {
            if (flag.IsIgnored || !IsOfAFile(flag.Name)) continue;
            if (!withDefaults && sources.Of(flag, options).Kind == ConfigSourceKind.Default) continue;
            var value = flag.Get(options);
            if (!withSecrets && ConfigSecrets.Contains(flag.Name))
            {
                if (!IsEmpty(value)) withheld.Add(flag.Name);
                continue;
            }

            if (!withSecrets && flag.Name == ConfigSecrets.Address) value = Masked((IReadOnlyList<string>)value!, withheld);
            Set(root, flag.Name, value);
        }

        return root;
    }

    public static string ToJson(JsonObject settings) => settings.ToJsonString(Indented) + "\n";

    /// <param name="settings">The settings by their sections.</param>
    /// <param name="comments">Lines of comment at the beginning.</param>
    public static string ToYaml(JsonObject settings, IEnumerable<string> comments)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (var comment in comments) text.WriteLine($"# {comment}");
        var yaml = new Emitter(text, OneLine);
        yaml.Emit(new StreamStart());
        yaml.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(yaml, settings);
        yaml.Emit(new DocumentEnd(isImplicit: true));
        yaml.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>Files do not name files, and the number of migrations is one of a command line.</summary>
    private static bool IsOfAFile(string name) => name is not ("config" or "limit");

    private static bool IsEmpty(object? value) => value is "" or IReadOnlyList<string> { Count: 0 };

    private static List<string> Masked(IReadOnlyList<string> addresses, ICollection<string> withheld)
    {
        var masked = addresses.Select(static address => DatabaseAddress.Mask(address, Mask)).ToList();
        if (!masked.SequenceEqual(addresses)) withheld.Add(ConfigSecrets.Address);
        return masked;
    }

    private static void Set(JsonObject root, string name, object? value)
    {
        var path = name.Split('.');
        var section = root;
        foreach (var key in path[..^1])
        {
            if (section[key] is not JsonObject inner) section[key] = inner = [];
            section = inner;
        }

        section[path[^1]] = value switch
        {
            int number => number,
            bool flag => flag,
            IReadOnlyList<string> list => new JsonArray([.. list.Select(static item => (JsonNode)item)]),
            _ => (string)value!,
        };
    }

    private static void Write(Emitter yaml, JsonNode node)
    {
        switch (node)
        {
            case JsonObject section:
                yaml.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, MappingStyle.Block));
                foreach (var (key, value) in section)
                {
                    yaml.Emit(new Scalar(key));
                    Write(yaml, value!);
                }

                yaml.Emit(new MappingEnd());
                break;
            case JsonArray list:
                yaml.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list) Write(yaml, item!);
                yaml.Emit(new SequenceEnd());
                break;
            default:
                // In quotes, so that no text is taken for a number, a switch or nothing.
                var style = node.GetValueKind() == JsonValueKind.String ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
                var text = style == ScalarStyle.Plain ? node.ToJsonString() : node.GetValue<string>();
                yaml.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: style == ScalarStyle.Plain, isQuotedImplicit: true));
                break;
        }
    }
}
