using System.Net;
using System.Text.RegularExpressions;

namespace Nakama.Console.Shell;

/// <summary>The settings below <c>Console</c> that limit visitors. They are read once, at startup.</summary>
internal sealed partial record ConsoleSettings
{
    private const string Section = "Console";

    /// <summary>The maximum number of live pages in total. Each watches a node, which serves 256 watchers.</summary>
    public int MaxCircuits { get; private init; } = 200;

    /// <summary>The maximum number of live pages for one address, or one IPv6 network of 64 bits.</summary>
    public int MaxCircuitsPerAddress { get; private init; } = 64;

    /// <summary>
    /// The maximum number of live pages that one address may open within a minute; all addresses together ten times as many.
    /// </summary>
    public int MaxNewCircuitsPerMinute { get; private init; } = 120;

    /// <summary>The number of disconnected pages that are kept for a reconnect.</summary>
    public int MaxRetainedCircuits { get; private init; } = 100;

    /// <summary>The proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are trusted; none by default.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; private init; } = [];

    /// <summary>The origins of this console in browsers, where a proxy forwards a different host.</summary>
    public IReadOnlyList<Uri> Origins { get; private init; } = [];

    /// <summary>The path below which browsers find the console, such as <c>/console</c>; empty where it has a host of its own.</summary>
    public string BasePath { get; private init; } = "";

    /// <exception cref="InvalidOperationException">A setting is invalid.</exception>
    public static ConsoleSettings From(IConfiguration configuration)
    {
        var defaults = new ConsoleSettings();
        return new ConsoleSettings
        {
            MaxCircuits = Positive(configuration, nameof(MaxCircuits), defaults.MaxCircuits),
            MaxCircuitsPerAddress = Positive(configuration, nameof(MaxCircuitsPerAddress), defaults.MaxCircuitsPerAddress),
            MaxNewCircuitsPerMinute = Positive(configuration, nameof(MaxNewCircuitsPerMinute), defaults.MaxNewCircuitsPerMinute),
            MaxRetainedCircuits = Positive(configuration, nameof(MaxRetainedCircuits), defaults.MaxRetainedCircuits),
            TrustedProxies = [.. Texts(configuration, nameof(TrustedProxies)).Select(ParseNetwork)],
            Origins = [.. Texts(configuration, nameof(Origins)).Select(ParseOrigin)],
            BasePath = ParseBasePath((configuration[$"{Section}:{nameof(BasePath)}"] ?? "").TrimEnd('/')),
        };
    }

    private static int Positive(IConfiguration configuration, string name, int otherwise)
    {
        var value = configuration.GetValue($"{Section}:{name}", otherwise);
        return value > 0 ? value : throw new InvalidOperationException($"{Section}:{name} must be at least 1, not {value}.");
    }

    private static string[] Texts(IConfiguration configuration, string name) =>
        (configuration[$"{Section}:{name}"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IPNetwork ParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new InvalidOperationException($"{Section}:TrustedProxies must be addresses or networks such as 10.0.0.0/8, not '{text}'.");
    }

    private static Uri ParseOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https"
            ? new Uri(origin.GetLeftPart(UriPartial.Authority))
            : throw new InvalidOperationException($"{Section}:Origins must be http addresses such as https://console.example.com, not '{text}'.");

    private static string ParseBasePath(string text) =>
        text.Length <= 256 && BasePathForm.IsMatch(text) && !text.Split('/').Any(static segment => segment is "." or "..")
            ? text
            : throw new InvalidOperationException($"{Section}:BasePath must be a path such as /console, not '{text}'.");

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)*\z")]
    private static partial Regex BasePathForm { get; }
}
