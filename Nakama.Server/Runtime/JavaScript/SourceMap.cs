using System.Text.Json;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>Where the lines of a bundle come from: a source map of version 3.</summary>
internal sealed class SourceMap
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int MaxSegments = 4_000_000;

    private readonly string[] _sources;
    private readonly List<Segment>[] _lines;

    private SourceMap(string[] sources, List<Segment>[] lines) => (_sources, _lines) = (sources, lines);

    /// <exception cref="FormatException">It is no source map.</exception>
    public static SourceMap Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != 3) throw new FormatException("its version is not 3");
            var folder = root.TryGetProperty("sourceRoot", out var rootName) ? rootName.GetString() ?? "" : "";
            string[] sources = [.. root.GetProperty("sources").EnumerateArray().Select(source => NameOf(folder, source.GetString() ?? ""))];
            return new SourceMap(sources, Decode(root.GetProperty("mappings").GetString() ?? ""));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <summary>The original position of a line, from 1, and a column, from 0; null if the map has none.</summary>
    public (string File, int Line, int Column)? Find(int line, int column)
    {
        if (line < 1 || line > _lines.Length) return null;
        var segments = _lines[line - 1];
        var (low, high) = (0, segments.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (segments[middle].Column <= column) low = middle + 1;
            else high = middle - 1;
        }

        if (high < 0 || segments[high].Source < 0 || segments[high].Source >= _sources.Length) return null;
        var found = segments[high];
        return (_sources[found.Source], found.OriginalLine + 1, found.OriginalColumn);
    }

    private static string NameOf(string folder, string source)
    {
        var name = folder.Length == 0 ? source : $"{folder.TrimEnd('/')}/{source}";
        while (name.StartsWith("../", StringComparison.Ordinal) || name.StartsWith("./", StringComparison.Ordinal)) name = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return name;
    }

    private static List<Segment>[] Decode(string mappings)
    {
        var lines = new List<List<Segment>> { new() };
        var (position, count) = (0, 0);
        int column = 0, source = 0, line = 0, originalColumn = 0;
        while (position < mappings.Length)
        {
            switch (mappings[position])
            {
                case ';':
                    lines.Add([]);
                    column = 0;
                    position++;
                    continue;
                case ',':
                    position++;
                    continue;
            }

            if (++count > MaxSegments) throw new FormatException("it has too many mappings");
            column += Number(mappings, ref position);
            if (IsEnd(mappings, position))
            {
                lines[^1].Add(new(column, -1, 0, 0));
                continue;
            }

            source += Number(mappings, ref position);
            line += Number(mappings, ref position);
            originalColumn += Number(mappings, ref position);
            if (!IsEnd(mappings, position)) Number(mappings, ref position);
            lines[^1].Add(new(column, source, line, originalColumn));
        }

        return [.. lines];
    }

    private static bool IsEnd(string mappings, int position) => position >= mappings.Length || mappings[position] is ',' or ';';

    private static int Number(string mappings, ref int position)
    {
        var (value, shift) = (0, 0);
        while (true)
        {
            var digit = position < mappings.Length && shift <= 30 ? Digits.IndexOf(mappings[position++], StringComparison.Ordinal) : -1;
            if (digit < 0) throw new FormatException("its mappings cannot be read");
            value |= (digit & 31) << shift;
            if ((digit & 32) == 0) return (value & 1) == 0 ? value >> 1 : -(value >> 1);
            shift += 5;
        }
    }

    private readonly record struct Segment(int Column, int Source, int OriginalLine, int OriginalColumn);
}
