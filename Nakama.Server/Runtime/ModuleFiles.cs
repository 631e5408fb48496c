using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime;

/// <summary>The files in the folder of modules.</summary>
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

    /// <summary>The first digits of a hash over the paths and the contents of the files; empty when there are none.</summary>
    /// <exception cref="Errors.StartupException">A file cannot be read.</exception>
    public static string HashOf(string root, string extension)
    {
        const int ShownBytes = 4;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            var isEmpty = true;
            foreach (var file in Find(root, extension))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, file)));
                hash.AppendData(File.ReadAllBytes(file));
                isEmpty = false;
            }

            return isEmpty ? "" : Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, ShownBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The modules in {root} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The paths, lengths and times of the files, to notice changes; empty while they cannot be listed.</summary>
    public static string StateOf(string root, string extension)
    {
        try
        {
            return string.Join('\n', Find(root, extension).Select(static path => new FileInfo(path))
                .Select(static file => string.Create(CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
