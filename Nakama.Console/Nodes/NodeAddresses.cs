namespace Nakama.Console.Nodes;

/// <summary>
/// The addresses of the nodes' console APIs. Calls go to the current one; when a node does not respond, the next
/// one becomes current.
/// </summary>
public sealed class NodeAddresses(IReadOnlyList<Uri> all)
{
    private const string Default = "http://127.0.0.1:7357";

    private int _current;

    public int Count => all.Count;

    public Uri Current => all[(int)((uint)Volatile.Read(ref _current) % (uint)all.Count)];

    /// <summary>Skips a failed node, unless a concurrent call already did.</summary>
    public void Skip(Uri failed)
    {
        var current = Volatile.Read(ref _current);
        if (all[(int)((uint)current % (uint)all.Count)] == failed)
            Interlocked.CompareExchange(ref _current, current + 1, current);
    }

    /// <summary>
    /// Reads <c>Console:NodeUrl</c> (one address, or several separated by semicolons), else the addresses that an app host
    /// provides as <c>services:server*:console:n</c>.
    /// </summary>
    public static NodeAddresses From(IConfiguration configuration)
    {
        var texts = (configuration["Console:NodeUrl"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (texts.Length == 0)
        {
            texts = [.. configuration.GetSection("services").GetChildren()
                .Where(service => service.Key.StartsWith("server", StringComparison.OrdinalIgnoreCase))
                .SelectMany(service => service.GetSection("console").GetChildren())
                .Select(address => address.Value)
                .OfType<string>()];
        }

        if (texts.Length == 0) texts = [Default];
        return new NodeAddresses([.. texts.Select(Parse)]);
    }

    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new Uri(address.GetLeftPart(UriPartial.Authority))
            : throw new InvalidOperationException($"Console:NodeUrl must be an http address such as {Default}, not '{text}'.");
}
