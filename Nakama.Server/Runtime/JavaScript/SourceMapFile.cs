namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Finds the source map that a bundle names, within it or in a file beside it.</summary>
internal static class SourceMapFile
{
    private const string Mark = "//# sourceMappingURL=";
    private const int MaxBytes = 128 * 1024 * 1024;

    /// <summary>Null when the bundle names none; one that cannot be read is logged and not used.</summary>
    public static SourceMap? Find(string source, string file, ILogger log)
    {
        var start = source.LastIndexOf(Mark, StringComparison.Ordinal);
        if (start < 0) return null;
        var end = source.IndexOfAny(['\n', '\r'], start);
        var address = source[(start + Mark.Length)..(end < 0 ? source.Length : end)].Trim();
        try
        {
            return SourceMap.Parse(Read(address, file));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            JavaScriptLog.SourceMapUnusable(log, file, e.Message);
            return null;
        }
    }

    private static byte[] Read(string address, string file)
    {
        if (address.StartsWith("data:", StringComparison.Ordinal))
        {
            var comma = address.IndexOf(',', StringComparison.Ordinal);
            var isBase64 = comma > 0 && address.AsSpan(0, comma).EndsWith(";base64");
            return isBase64 ? Convert.FromBase64String(address[(comma + 1)..]) : throw new FormatException("its data is not in base64");
        }

        // Only a file beside the bundle is read, whatever the path in the address.
        var path = Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(address));
        return new FileInfo(path).Length <= MaxBytes ? File.ReadAllBytes(path) : throw new FormatException("it is too large");
    }
}
