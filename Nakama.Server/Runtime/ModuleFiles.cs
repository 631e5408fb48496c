namespace Nakama.Server.Runtime;

/// <summary>Lists the files in the folder of modules.</summary>
internal static class ModuleFiles
{
    /// <summary>
    /// All regular files with an extension (case-insensitive), folder by folder in byte order. Links to folders are not
    /// followed.
    /// </summary>
    /// <param name="root">The folder of modules.</param>
    /// <param name="extension">The extension with its dot.</param>
    public static IEnumerable<string> Find(string root, string extension)
    {
        var entries = new DirectoryInfo(root).EnumerateFileSystemInfos().OrderBy(static entry => entry.Name, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry is DirectoryInfo folder)
            {
                if (folder.LinkTarget is not null) continue;
                foreach (var file in Find(folder.FullName, extension)) yield return file;
            }
            else if (entry.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            {
                yield return entry.FullName;
            }
        }
    }
}
