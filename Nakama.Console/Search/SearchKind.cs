using MudBlazor;
using Nakama.Console.Access;
using Nakama.Console.Shared;
using Nakama.Protocol.Console;
using Nakama.Protocol.Live;

namespace Nakama.Console.Search;

/// <summary>The kinds of rows that the node finds, as operators see them.</summary>
/// <param name="Name">The name that the node uses.</param>
/// <param name="Title">The heading of such hits.</param>
/// <param name="Icon">The icon as SVG.</param>
/// <param name="Needs">The resource that the operator must be able to read.</param>
/// <param name="Path">The path before the id of a hit.</param>
public sealed record SearchKind(string Name, string Title, string Icon, AclResources Needs, string Path)
{
    public static readonly IReadOnlyList<SearchKind> All =
    [
        new("player", "Players", Icons.Material.Outlined.Person, AclResources.Account, "players"),
        new("group", "Groups", Icons.Material.Outlined.Groups, AclResources.Group, "groups"),
        new("object", "Storage objects", Icons.Material.Outlined.Storage, AclResources.StorageData, "storage"),
    ];

    /// <summary>Null for a kind that this console does not know.</summary>
    public static SearchKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Whether an operator finds anything.</summary>
    public static bool IsAnyOpenTo(ConsoleToken? token) => All.Any(kind => token?.Permits(kind.Needs, Right.Read) == true);

    /// <summary>The page of a hit. The id of an object is escaped already.</summary>
    public string PathOf(SearchHit hit) => $"{Path}/{hit.Id}";

    /// <summary>What the node's index covers, in words.</summary>
    public static string Describe(SearchAnswer answer)
    {
        if (answer.IsOff) return "The search is switched off on this node: only exact names and ids are found.";
        var rows = $"{Figures.Count(answer.IndexedRows)} rows";
        var state = (answer.IsFull, answer.IsFilling) switch
        {
            (true, _) => $"The index is full: {rows}",
            (_, true) => $"The index is being filled: {rows} so far",
            _ => rows,
        };
        var age = answer.AgeMs > 0 ? $", {AgeOf(answer.AgeMs)} old" : "";
        return $"{state}{age}{(answer.IsPartial ? "; the search was stopped early" : "")}";
    }

    private static string AgeOf(long milliseconds) => Figures.Duration(TimeSpan.FromMilliseconds(milliseconds));
}
