using System.Buffers;
using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nakama.Server.Logging;

/// <summary>The format of one line: level, time, message, then the entry's own fields.</summary>
internal sealed class JsonLine(bool isStackdriver, TimeProvider time)
{
    /// <summary>Longer texts are truncated: some come from clients, and logs are kept for a long time.</summary>
    private const int MaxTextLength = 16 * 1024;

    private static readonly JsonWriterOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spareBuffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _spareWriter;

    /// <summary>Writes the line with its line break; dispose it before the thread writes another one.</summary>
    public Rented Write<TState>(
        LogLevel level, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        // An entry whose field logs while it is being written finds the cached pair in use and creates its own.
        var buffer = Interlocked.Exchange(ref _spareBuffer, null) ?? new ArrayBufferWriter<byte>(1024);
        var json = Interlocked.Exchange(ref _spareWriter, null) ?? new Utf8JsonWriter(buffer, Form);
        json.Reset(buffer);

        json.WriteStartObject();
        json.WriteString(isStackdriver ? "severity" : "level", isStackdriver ? Severity(level) : Name(level));
        WriteTime(json);
        var fields = state as IReadOnlyList<KeyValuePair<string, object?>>;
        json.WriteString(isStackdriver ? "message" : "msg", Bound(LogTemplate.Message(fields, out var skipped) ?? formatter(state, exception)));
        if (fields is not null) WriteFields(json, fields, skipped);
        if (exception is not null) WriteException(json, level, exception);
        WriteTrace(json);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return new Rented(buffer, json);
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        _ => "debug",
    };

    private static string Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "DEFAULT",
    };

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields, int skipped)
    {
        for (var i = skipped; i < fields.Count; i++)
        {
            var (key, value) = fields[i];
            if (key == LogTemplate.Key) continue;
            json.WritePropertyName(LogTemplate.FieldName(key));
            WriteValue(json, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(Bound(text));
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case TimeSpan duration:
                json.WriteStringValue(LogDuration.Format(duration));
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts) json.WriteStringValue(Bound(text));
                json.WriteEndArray();
                break;
            case IFormattable formattable:
                json.WriteStringValue(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable list:
                json.WriteStringValue(Bound(string.Join(", ", list.Cast<object?>())));
                break;
            default:
                json.WriteStringValue(Bound(value.ToString()));
                break;
        }
    }

    private static void WriteException(Utf8JsonWriter json, LogLevel level, Exception exception)
    {
        json.WriteString("error", Bound(exception.Message));
        // Below error level the message is sufficient; an error needs the location as well.
        if (level >= LogLevel.Error) json.WriteString("stacktrace", Bound(exception.ToString()));
    }

    private static ReadOnlySpan<char> Bound(string? text)
    {
        if (text is null || text.Length <= MaxTextLength) return text;
        // A surrogate pair must not be split.
        return text.AsSpan(0, char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength);
    }

    private static void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is not { } activity) return;
        json.WriteString("trace_id", activity.TraceId.ToHexString());
        json.WriteString("span_id", activity.SpanId.ToHexString());
    }

    private void WriteTime(Utf8JsonWriter json)
    {
        Span<char> text = stackalloc char[40];
        var now = time.GetUtcNow().UtcDateTime;
        var format = isStackdriver ? "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        now.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        json.WriteString(isStackdriver ? "time" : "ts", text[..length]);
    }

    /// <summary>A written line in rented memory.</summary>
    internal readonly ref struct Rented(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json)
    {
        private const int LargestKept = 64 * 1024;

        public ReadOnlySpan<byte> Span => buffer.WrittenSpan;

        public void Dispose()
        {
            if (buffer.Capacity > LargestKept) return;
            buffer.ResetWrittenCount();
            _spareBuffer = buffer;
            _spareWriter = json;
        }
    }
}
