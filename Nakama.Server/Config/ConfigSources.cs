using System.Collections;

namespace Nakama.Server.Config;

/// <summary>Where the values of the settings came from.</summary>
/// <param name="given">The last source of each flag that was given.</param>
/// <param name="read">The settings as they were read, before a program changed them.</param>
internal sealed class ConfigSources(IReadOnlyDictionary<string, ConfigSource> given, NakamaOptions read)
{
    /// <summary>Those of settings that a program has made itself.</summary>
    public static ConfigSources OfProgram => new(new Dictionary<string, ConfigSource>(), OptionsDefaults.Complete(new NakamaOptions()));

    /// <summary>The source of a value in effect.</summary>
    public ConfigSource Of(Flag flag, NakamaOptions options)
    {
        if (!IsSame(flag.Get(options), flag.Get(read))) return new(ConfigSourceKind.Program);
        return given.TryGetValue(flag.Name, out var source) ? source : new(ConfigSourceKind.Default);
    }

    private static bool IsSame(object? one, object? other) => one is IEnumerable and not string && other is IEnumerable and not string
        ? ((IEnumerable)one).Cast<object>().SequenceEqual(((IEnumerable)other).Cast<object>())
        : Equals(one, other);
}
