using System.Collections;

namespace Nakama.Server.Config;

/// <summary>What was read, before anyone has judged it.</summary>
/// <param name="Options">The settings in effect.</param>
/// <param name="Files">The files that were read, in order.</param>
/// <param name="UnknownKeys">Keys of files and variables of the environment that no flag has.</param>
/// <param name="Sources">The last source of each flag that was given.</param>
public sealed record ConfigReading(
    NakamaOptions Options, IReadOnlyList<string> Files, IReadOnlyList<string> UnknownKeys, IReadOnlyDictionary<string, ConfigSource> Sources);

/// <summary>Settings from their sources, the later wins: defaults, files, environment, command line.</summary>
public static class ConfigReader
{
    private const string EnvFlag = "runtime.env";
    private const string AddressFlag = "database.address";

    /// <summary>What an app host calls the database it has started.</summary>
    private const string ConnectionStringVariable = "ConnectionStrings__nakamadb";

    /// <summary>
    /// Throws <see cref="UsageException"/> for a bad command line and <see cref="Errors.StartupException"/> for a bad file or
    /// variable.
    /// </summary>
    public static ConfigReading Read(ReadOnlySpan<string> args, IDictionary environment)
    {
        var unknown = new List<string>();
        var commandLine = CommandLine.Parse(args);
        var variables = ConfigEnvironment.Read(environment, unknown);
        var files = Files(commandLine) is { Length: > 0 } named ? named : Files(variables);

        var options = new NakamaOptions();
        var sources = new Dictionary<string, ConfigSource>(StringComparer.Ordinal);
        var env = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files) Apply(ConfigFile.Read(file, unknown), _ => new(ConfigSourceKind.File, file));
        Apply(variables, static flag => new(ConfigSourceKind.Environment, flag.Variable));
        Apply(commandLine, static _ => new(ConfigSourceKind.CommandLine));

        if (!sources.ContainsKey(AddressFlag) && environment[ConnectionStringVariable] is string { Length: > 0 } address)
        {
            FlagTable.ByName[AddressFlag].Set(options, (string[])[address]);
            sources[AddressFlag] = new(ConfigSourceKind.Environment, ConnectionStringVariable);
        }

        if (env.Count > 0) FlagTable.ByName[EnvFlag].Set(options, env.Values.ToArray());
        return new ConfigReading(OptionsDefaults.Complete(options), files, unknown, sources);

        void Apply(List<FlagValue> values, Func<Flag, ConfigSource> source)
        {
            var replaced = new HashSet<Flag>();
            foreach (var (flag, value) in values)
            {
                sources[flag.Name] = source(flag);
                if (flag.Name == EnvFlag) Merge((string[])value);
                else if (flag.Kind == FlagKind.List && !replaced.Add(flag)) flag.Set(options, ((IReadOnlyList<string>)(flag.Get(options) ?? Array.Empty<string>())).Concat((string[])value).ToArray());
                else flag.Set(options, value);
            }
        }

        void Merge(string[] entries)
        {
            // An entry without '=' stays as it is, for the validation to name.
            foreach (var entry in entries) env[entry.Split('=', 2)[0]] = entry;
        }
    }

    private static string[] Files(List<FlagValue> values) =>
        [.. values.Where(value => value.Flag.Name == "config").SelectMany(value => (string[])value.Value)];
}
