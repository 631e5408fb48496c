using System.Reflection;

namespace Nakama.Server.Lifecycle;

/// <summary>The version that operators see, <c>&lt;version&gt;+&lt;commit&gt;</c>.</summary>
public static class NodeVersion
{
    public static string Text { get; } =
        typeof(NodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion is { } version
            ? version.Contains('+', StringComparison.Ordinal) ? version : version + "+local"
            : "unknown";
}
