using System.Reflection;

namespace Nakama.Tests.House;

/// <summary>Reads from an assembly which folder uses which, and says where that goes against a given order.</summary>
internal sealed class FolderOrder(Assembly assembly, string root, string[] order)
{
    /// <summary>Each use of a later folder, as <c>Friends/FriendStore.cs knows Runtime</c>.</summary>
    public IEnumerable<string> Violations() => Uses()
        .Where(use => Place(use.Folder) < Place(use.Known))
        .Select(use => $"{use.File} knows {use.Known}");

    /// <summary>Each use of one of <paramref name="strangers"/> by <paramref name="folder"/>.</summary>
    public IEnumerable<string> Violations(string folder, params string[] strangers) => Uses()
        .Where(use => use.Folder == folder && strangers.Contains(use.Known))
        .Select(use => $"{use.File} knows {use.Known}");

    /// <summary>Folders that nobody has given a place.</summary>
    public IEnumerable<string> Unknown() => Types().Select(FolderOf).OfType<string>().Except(order);

    private int Place(string folder) => Array.IndexOf(order, folder);

    private IEnumerable<(string File, string Folder, string Known)> Uses() =>
        from type in Types()
        let folder = FolderOf(type)
        where folder is not null
        from known in TypeUses.Of(type).Select(FolderOf).OfType<string>().Distinct()
        where known != folder
        select (FileOf(type), folder, known);

    private Type[] Types() => assembly.GetTypes();

    private string FileOf(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        var path = type.Namespace![(root.Length + 1)..].Replace('.', '/');
        return $"{path}/{type.Name.Split('`')[0]}.cs";
    }

    private string? FolderOf(Type type) =>
        type.Assembly == assembly && type.Namespace is { } name && name.StartsWith(root + ".", StringComparison.Ordinal)
            ? name[(root.Length + 1)..].Split('.')[0]
            : null;
}
