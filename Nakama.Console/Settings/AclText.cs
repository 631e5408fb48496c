using Google.Protobuf.Reflection;
using Nakama.Console.Access;
using Nakama.Protocol.Console;

namespace Nakama.Console.Settings;

/// <summary>Rights in words.</summary>
internal static class AclText
{
    /// <summary>The names of all resources as the node writes them, in its order.</summary>
    public static IReadOnlyList<string> Resources { get; } =
        [.. ConsoleReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(AclResources)).Values.Select(static value => value.Name)];

    /// <summary>The number of a resource; null when there is none of this name.</summary>
    public static int? IndexOf(string? resource)
    {
        for (var i = 0; i < Resources.Count; i++)
        {
            if (Resources[i] == resource) return i;
        }

        return null;
    }

    public static string TitleOf(string resource)
    {
        var words = resource.Replace('_', ' ').ToLowerInvariant();
        return words.Length == 0 ? resource : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>A summary such as <c>everything</c> or <c>12 of 90 rights</c>.</summary>
    public static string Summary(IEnumerable<KeyValuePair<string, Permissions>> acl)
    {
        var count = acl.Sum(static entry => (entry.Value.Read ? 1 : 0) + (entry.Value.Write ? 1 : 0) + (entry.Value.Delete ? 1 : 0));
        var all = Resources.Count * 3;
        return count == all ? "everything" : $"{count} of {all} rights";
    }

    /// <summary>One line for each resource with a right, such as <c>Account: read, write</c>.</summary>
    public static string Lines(IEnumerable<KeyValuePair<string, Permissions>> acl) => string.Join('\n', acl
        .Select(static entry => (entry.Key, Rights: Enum.GetValues<Right>().Where(right => entry.Value.Has(right)).Select(static right => right.ToString().ToLowerInvariant()).ToArray()))
        .Where(static entry => entry.Rights.Length > 0).OrderBy(static entry => entry.Key, StringComparer.Ordinal)
        .Select(static entry => $"{TitleOf(entry.Key)}: {string.Join(", ", entry.Rights)}"));

    public static bool Has(this Permissions permissions, Right right) => right switch
    {
        Right.Read => permissions.Read,
        Right.Write => permissions.Write,
        _ => permissions.Delete,
    };

    public static void Set(this Permissions permissions, Right right, bool isGiven)
    {
        if (right == Right.Read) permissions.Read = isGiven;
        else if (right == Right.Write) permissions.Write = isGiven;
        else permissions.Delete = isGiven;
    }
}
