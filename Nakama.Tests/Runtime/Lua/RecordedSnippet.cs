using System.Text;
using System.Text.Json;

namespace Nakama.Tests.Runtime.Lua;

/// <summary>A row of the recording.</summary>
internal sealed record RecordedSnippet(string Name, string Group, string Code, string[] Results, string? Error, string ErrorType, bool IsCompileError)
{
    public static RecordedSnippet Read(JsonElement row) => new(
        Text(row, "name")!,
        Text(row, "group")!,
        Text(row, "code")!,
        row.TryGetProperty("results", out var results) ? [.. results.EnumerateArray().Select(value => $"R {Text(value, "type")} {Text(value, "text")}")] : [],
        Text(row, "error"),
        Text(row, "error_type") ?? "string",
        row.TryGetProperty("compile", out _));

    /// <summary>In the form that the runner answers in.</summary>
    public string Expected()
    {
        var lines = new StringBuilder(string.Join('\n', Results));
        if (Error is null) return lines.ToString();
        if (lines.Length > 0) lines.Append('\n');
        return lines.Append(IsCompileError ? "S " : "E ").Append(ErrorType).Append(' ').Append(Error).ToString();
    }

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
