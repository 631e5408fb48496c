using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Lua;

/// <summary>A file with a Lua module, read once.</summary>
/// <param name="Name">The name for <c>require</c>: its path relative to the folder of modules, with dots.</param>
/// <param name="File">Its full path, as shown in error positions.</param>
/// <param name="ModifiedAt">When the file was last changed.</param>
/// <param name="Text">Its source.</param>
internal sealed record LuaModuleSource(string Name, string File, DateTimeOffset ModifiedAt, byte[] Text)
{
    public const string Extension = ".lua";

    /// <summary>All modules below a folder, in the byte order of their names.</summary>
    /// <exception cref="StartupException">A file cannot be read.</exception>
    public static List<LuaModuleSource> ReadAll(string folder)
    {
        var root = Path.TrimEndingDirectorySeparator(folder);
        try
        {
            return
            [
                .. ModuleFiles.Find(root, Extension)
                    .Select(file => new LuaModuleSource(
                        NameOf(Path.GetRelativePath(root, file)), file, System.IO.File.GetLastWriteTimeUtc(file), System.IO.File.ReadAllBytes(file)))
                    .OrderBy(static module => module.Name, StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The Lua modules in {root} cannot be read: {e.Message}", e);
        }
    }

    private static string NameOf(string path) => path[..^Extension.Length].Replace(Path.DirectorySeparatorChar, '.');
}
