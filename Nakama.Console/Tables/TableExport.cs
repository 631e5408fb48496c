using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Nakama.Protocol.Json;

namespace Nakama.Console.Tables;

/// <summary>Writes the rows of a table as CSV or JSON, one page after the other.</summary>
public sealed class TableExport<TRow>(IReadOnlyList<(string Title, Func<TRow, string> Text)> columns, bool isJson)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _hasRows;

    public string MediaType => isJson ? "application/json" : "text/csv";

    public string Begin() => isJson ? "[" : $"{string.Join(',', columns.Select(column => Cell(column.Title)))}\r\n";

    public string End() => isJson ? "\n]\n" : "";

    public string Write(IReadOnlyList<TRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            if (isJson) text.Append(_hasRows ? ",\n" : "\n").Append(Json(row));
            else text.AppendJoin(',', columns.Select(column => Cell(column.Text(row)))).Append("\r\n");
            _hasRows = true;
        }

        return text.ToString();
    }

    /// <summary>Messages of the console API keep all of their fields.</summary>
    private string Json(TRow row) => row is IMessage message
        ? ProtoJson.ToString(message, JsonFormat.Console)
        : JsonSerializer.Serialize(columns.ToDictionary(column => column.Title, column => column.Text(row)), Plain);

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// Quoted where it must be. A text that a spreadsheet would run as a formula gets an apostrophe in front, as names
    /// come from players; numbers keep their sign.
    /// </summary>
    private static string Cell(string text)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] && !IsNumber(text)) text = $"'{text}";
        return text.AsSpan().IndexOfAny("\",\r\n;") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
