using System.Buffers;

namespace Nakama.Server.ConsoleApi.StorageImport;

/// <summary>Keeps an upload in a temporary file that only this process can read, and that is gone when the process is.</summary>
internal static class UploadedFile
{
    private const int CopyBufferBytes = 64 << 10;

    /// <summary>Copies an upload into a new file, which is deleted when it is closed.</summary>
    /// <param name="upload">The upload; its exceptions propagate.</param>
    /// <param name="folder">Where to create the file.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="UploadedFileException">The file cannot be created or written.</exception>
    public static async ValueTask<FileStream> KeepAsync(Stream upload, string folder, CancellationToken cancellationToken)
    {
        var file = Create(Path.Combine(folder, $"nakama-import-{Guid.NewGuid():N}"));
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        try
        {
            while (await upload.ReadAsync(buffer, cancellationToken) is var count and > 0) await WriteAsync(file, buffer.AsMemory(0, count), cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static FileStream Create(string path)
    {
        // The rows may be those of all players.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous };
        if (OperatingSystem.IsWindows()) options.Options |= FileOptions.DeleteOnClose;
        else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            var file = new FileStream(path, options);
            // An open file needs no name there, so that a killed process leaves nothing behind.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UploadedFileException(e);
        }
    }

    private static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
            await file.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new UploadedFileException(e);
        }
    }
}

/// <summary>The temporary file of an upload cannot be created, written or read, for example because the disk is full.</summary>
internal sealed class UploadedFileException(Exception inner) : Exception(inner.Message, inner);
