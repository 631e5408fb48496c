using Nakama.Server.Errors;

namespace Nakama.Server.Runtime;

/// <summary>The environment values that are configured for modules.</summary>
public sealed class RuntimeEnvironment
{
    /// <exception cref="StartupException">An entry is not <c>KEY=VALUE</c>.</exception>
    public RuntimeEnvironment(RuntimeOptions options)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in options.Env)
        {
            var split = entry.IndexOf('=', StringComparison.Ordinal);
            if (split < 0) throw new StartupException("Invalid runtime environment value.");
            values[entry[..split]] = entry[(split + 1)..];
        }

        Values = values;
    }

    public IReadOnlyDictionary<string, string> Values { get; }
}
