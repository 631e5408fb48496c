using System.Globalization;
using Acornima;
using Jint.Runtime;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>The stacks of scripts: one line per frame, <c>at function (file:line:column)</c>.</summary>
internal static class StackTraces
{
    private const string FrameStart = "\tat ";

    /// <summary>How the engine writes one frame.</summary>
    public static string Frame(JavaScriptModule module, string function, SourceLocation location, string[]? arguments)
    {
        // The outermost frame is the server's call and no function of the script.
        if (function.Length == 0 && arguments is null) return "";
        var place = PlaceOf(module, location);
        return function.Length == 0 ? $"{FrameStart}{place}\n" : $"{FrameStart}{function} ({place})\n";
    }

    /// <summary>The stack of an error; the position alone for a value that has none.</summary>
    public static string Of(JavaScriptException error, JavaScriptModule module) =>
        error.JavaScriptStackTrace is { Length: > 0 } trace ? trace.TrimEnd('\n') : $"{FrameStart}{PlaceOf(module, error.Location)}";

    /// <summary>A message with the innermost frame.</summary>
    public static string Join(string message, string trace)
    {
        var start = trace.IndexOf(FrameStart, StringComparison.Ordinal);
        if (start < 0) return message;
        var end = trace.IndexOf('\n', start);
        return $"{message} {trace.AsSpan(start + 1, (end < 0 ? trace.Length : end) - start - 1)}";
    }

    private static string PlaceOf(JavaScriptModule module, SourceLocation location)
    {
        var (line, column) = (location.Start.Line, location.Start.Column);
        if (location.SourceFile == module.Name && module.Map?.Find(line, column) is { } mapped)
            return string.Create(CultureInfo.InvariantCulture, $"{mapped.File}:{mapped.Line}:{mapped.Column + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"{location.SourceFile ?? "<eval>"}:{line}:{column + 1}");
    }
}
