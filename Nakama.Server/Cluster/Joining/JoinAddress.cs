using System.Globalization;

namespace Nakama.Server.Cluster.Joining;

/// <summary>The kinds of entries of <c>cluster.join</c>.</summary>
public enum JoinKind
{
    /// <summary>One address.</summary>
    Address,

    /// <summary>All addresses that DNS has for a name.</summary>
    Dns,

    /// <summary>The pods of a label.</summary>
    Kubernetes,
}

/// <summary>One entry of <c>cluster.join</c>.</summary>
/// <param name="Kind">Where to look.</param>
/// <param name="Name">The host, the name, or the label.</param>
/// <param name="Port">0 for the port of this node.</param>
public sealed record JoinAddress(JoinKind Kind, string Name, int Port)
{
    private const string DnsPrefix = "dns:";
    private const string Kubernetes = "kubernetes";
    private const string DefaultLabel = "app=nakama";

    public static bool TryParse(string text, out JoinAddress address)
    {
        address = new JoinAddress(JoinKind.Address, text, 0);
        if (text == Kubernetes || text.StartsWith(Kubernetes + ":", StringComparison.Ordinal))
        {
            var label = text.Length == Kubernetes.Length ? DefaultLabel : text[(Kubernetes.Length + 1)..];
            address = new(JoinKind.Kubernetes, label, 0);
            return label.Length > 0;
        }

        var isDns = text.StartsWith(DnsPrefix, StringComparison.Ordinal);
        return TryParseHost(isDns ? JoinKind.Dns : JoinKind.Address, isDns ? text[DnsPrefix.Length..] : text, out address);
    }

    private static bool TryParseHost(JoinKind kind, string text, out JoinAddress address)
    {
        address = new JoinAddress(kind, text, 0);
        // An IPv6 address has colons of its own; with a port it is in brackets.
        var colon = text.LastIndexOf(':');
        if (colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']'))
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) return false;
            address = new(kind, text[..colon], port);
        }

        if (address.Name.StartsWith('[') && address.Name.EndsWith(']')) address = address with { Name = address.Name[1..^1] };
        return Uri.CheckHostName(address.Name) != UriHostNameType.Unknown;
    }
}
