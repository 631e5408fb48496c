using System.Globalization;
using System.IO.Compression;

namespace Nakama.Server.Logging;

/// <summary>
/// Appends to <c>logger.file</c>. With rotation, a file that would exceed its size limit is renamed with the time of
/// its end, and renamed files are compressed and deleted according to the settings. A disk error loses lines but never
/// affects the node. Not safe for concurrent writers.
/// </summary>
internal sealed class LogFile : IDisposable
{
    private const long MegaByte = 1024 * 1024;
    private const string StampFormat = "yyyy-MM-dd'T'HH-mm-ss.fff";

    private readonly LoggerOptions _options;
    private readonly TimeProvider _time;
    private readonly string _path;
    private FileStream? _stream;
    private Task _tidying = Task.CompletedTask;

    public LogFile(LoggerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _path = Path.GetFullPath(options.File);
        if (options.Rotation) Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _stream = Open();
    }

    public void Write(ReadOnlySpan<byte> line)
    {
        try
        {
            _stream ??= Open();
            if (_options.Rotation && _stream.Length > 0 && _stream.Length + line.Length > _options.MaxSize * MegaByte) Rotate();
            _stream!.Write(line);
            _stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _stream?.Dispose();
            _stream = null;
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
        _tidying.Wait();
    }

    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private void Rotate()
    {
        _stream!.Dispose();
        _stream = null;
        var now = _options.LocalTime ? _time.GetLocalNow() : _time.GetUtcNow();
        File.Move(_path, Aside(now.ToString(StampFormat, CultureInfo.InvariantCulture)), overwrite: true);
        _stream = Open();
        _tidying = _tidying.ContinueWith(_ => Tidy(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private string Aside(string stamp) => Path.Combine(
        Path.GetDirectoryName(_path)!,
        $"{Path.GetFileNameWithoutExtension(_path)}-{stamp}{Path.GetExtension(_path)}");

    private void Tidy()
    {
        try
        {
            var kept = 0;
            foreach (var file in SetAside().OrderByDescending(file => file.At))
            {
                var age = (_options.LocalTime ? _time.GetLocalNow().DateTime : _time.GetUtcNow().DateTime) - file.At;
                if ((_options.MaxBackups > 0 && kept >= _options.MaxBackups) || (_options.MaxAge > 0 && age > TimeSpan.FromDays(_options.MaxAge)))
                {
                    File.Delete(file.Path);
                    continue;
                }

                kept++;
                if (_options.Compress && !file.Path.EndsWith(".gz", StringComparison.Ordinal)) Compress(file.Path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next rotation tries again.
        }
    }

    private IEnumerable<(string Path, DateTime At)> SetAside()
    {
        var prefix = Path.GetFileNameWithoutExtension(_path) + "-";
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(_path)!, prefix + "*"))
        {
            var name = Path.GetFileName(path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path);
            var stamp = Path.GetFileNameWithoutExtension(name)[prefix.Length..];
            if (Path.GetExtension(name) == Path.GetExtension(_path)
                && DateTime.TryParseExact(stamp, StampFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            {
                yield return (path, at);
            }
        }
    }

    private static void Compress(string path)
    {
        using (var from = File.OpenRead(path))
        using (var to = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Optimal)) from.CopyTo(to);
        File.Delete(path);
    }
}
