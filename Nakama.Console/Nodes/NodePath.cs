using System.Globalization;
using System.Text;

namespace Nakama.Console.Nodes;

/// <summary>Builds paths of the console API from untrusted parts.</summary>
public static class NodePath
{
    private const string Root = "/v2/console";

    /// <summary>A path of segments that are escaped, after a first part that is not.</summary>
    /// <exception cref="NodeException">A segment would lead to another path, as it is empty or is dots.</exception>
    public static string Of(string path, params ReadOnlySpan<string> segments)
    {
        var text = new StringBuilder(Root).Append(path);
        foreach (var segment in segments)
        {
            if (segment is "" or "." or "..") throw new NodeException(NodeException.InvalidArgument, $"“{segment}” cannot be part of an address.");
            text.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return text.ToString();
    }

    /// <summary>The path with those query parameters that have a value.</summary>
    public static string With(this string path, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is not { Length: > 0 } part) continue;
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(part));
            separator = '&';
        }

        return text.ToString();
    }
}
