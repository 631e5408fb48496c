using System.Buffers;
using System.Text.Json;
using Google.Protobuf;

namespace Nakama.Protocol.Json;

/// <summary>The JSON form of protobuf messages, written from and read into the generated classes directly.</summary>
public static class ProtoJson
{
    /// <summary>The maximum nesting depth of objects and arrays on reading.</summary>
    public const int MaxDepth = 64;

    /// <summary>The maximum number of messages in one text, so that a small text cannot allocate much memory.</summary>
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

    /// <summary>Fills a message as the request API does: unknown fields and any text after the value are ignored.</summary>
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
            // The reference server checks the syntax of the whole value before it reads the fields.
            throw JsonSyntax.FindFault(utf8) is { } fault ? new ProtoJsonException(fault)
                : e as ProtoJsonException ?? new ProtoJsonException("proto: exceeded max recursion depth");
        }
    }

    /// <summary>Fills a message as the realtime API does: unknown fields and trailing text are refused.</summary>
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
