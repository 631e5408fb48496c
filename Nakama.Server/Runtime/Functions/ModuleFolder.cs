
namespace Nakama.Server.Runtime.Functions;

/// <summary>The folder of modules; modules cannot read files outside of it.</summary>
internal sealed class ModuleFolder(RuntimeOptions options)
{
    /// <summary>Enough for any data file of a game, and small enough not to exhaust the node's memory.</summary>
    private const int MaxFileBytes = 64 << 20;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Path));

    /// <exception cref="FunctionException">The folder has no such file, or it cannot be read.</exception>
    public async ValueTask<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var full = path.Contains('\0', StringComparison.Ordinal) ? _root : Path.GetFullPath(Path.Combine(_root, path.TrimStart('/')));
        try
        {
            if (!IsInside(full)) throw new UnauthorizedAccessException();
            await using var file = new FileStream(full, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            if (file.Length > MaxFileBytes) throw new FunctionException($"failed to read file: {full}: file too large");
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var cause = e is FileNotFoundException or DirectoryNotFoundException ? "no such file or directory"
                : Directory.Exists(full) ? "is a directory"
                : "permission denied";
            throw new FunctionException($"failed to open file: open {full}: {cause}");
        }
    }

    /// <summary>Whether a path stays inside the folder, including after resolving links.</summary>
    private bool IsInside(string full)
    {
        for (var at = full; at.Length > _root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (!at.StartsWith(_root, StringComparison.Ordinal)) return false;
            FileSystemInfo entry = Directory.Exists(at) ? new DirectoryInfo(at) : new FileInfo(at);
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
                && !target.FullName.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
