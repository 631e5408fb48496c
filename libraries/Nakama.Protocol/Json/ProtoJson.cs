using System.Buffers;
using System.Text.Json;
using Google.Protobuf;

namespace Nakama.Protocol.Json;

/// <summary>The JSON form of protobuf messages, written and read straight from and to the generated classes.</summary>
public static class ProtoJson
{
    /// <summary>How deep objects and arrays may be nested in what is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>How many messages one text may hold, so that a small text cannot become a large heap.</summary>
    public const int MaxMessages = 100_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JsonTextEncoder.Minimal, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Appends the JSON form of a message.</summary>
    public static void Write(IMessage message, IBufferWriter<byte> output, JsonFormat form)
    {
        var writer = _writer ?? new Utf8JsonWriter(output, Writing);
        _writer = null;
        writer.Reset(output);
        WellKnown.WriteRoot(message, writer, form);
        writer.Flush();
        _writer = writer;
    }

    public static string ToString(IMessage message, JsonFormat form)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(message, buffer, form);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Fills a message as the request API does: unknown fields are skipped, and so is what follows the value.</summary>
    /// <exception cref="ProtoJsonException">Not JSON, or not of this message.</exception>
    public static void ReadLenient(ReadOnlySpan<byte> utf8, IMessage message)
    {
        try
        {
            var input = new JsonInput(utf8, ignoresUnknown: true);
            input.Read();
            WellKnown.ReadRoot(ref input, message);
        }
        catch (Exception e) when (e is ProtoJsonException or JsonException)
        {
            // The reference checks the syntax of the whole value before it looks at the fields.
            throw JsonSyntax.FindFault(utf8) is { } fault ? new ProtoJsonException(fault)
                : e as ProtoJsonException ?? new ProtoJsonException("proto: exceeded max recursion depth");
        }
    }

    /// <summary>Fills a message as the realtime API does: anything that does not belong there is refused.</summary>
    /// <exception cref="ProtoJsonException">Not JSON, or not of this message.</exception>
    public static void ReadStrict(ReadOnlySpan<byte> utf8, IMessage message)
    {
        try
        {
            var input = new JsonInput(utf8, ignoresUnknown: false);
            input.Read();
            WellKnown.ReadRoot(ref input, message);
            input.ReadEnd();
        }
        catch (JsonException)
        {
            throw new ProtoJsonException("proto: syntax error");
        }
    }
}
