using System.Runtime.CompilerServices;

namespace Nakama.Tests.House;

/// <summary>The sources this assembly was built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", ".."));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Files below a folder of the tree, as written by people: nothing the build has made.</summary>
    public static IEnumerable<SourceFile> Files(string folder, string pattern) =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        let parts = path.Split('/')
        where !parts.Contains("obj") && !parts.Contains("bin") && !parts.Contains("node_modules") && !parts.Contains("Generated")
        select new SourceFile(path, File.ReadAllText(file));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

internal sealed record SourceFile(string Path, string Text);
