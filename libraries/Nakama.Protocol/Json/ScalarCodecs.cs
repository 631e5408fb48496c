using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

internal sealed class StringCodec : ValueCodec<string>
{
    public override bool IsDefault(string value) => value.Length == 0;

    public override void Write(Utf8JsonWriter writer, string value, JsonFormat form) => writer.WriteStringValue(value);

    public override bool TryRead(ref JsonInput input, string name, out string value)
    {
        if (input.Kind != JsonTokenType.String) throw input.InvalidValue("string", name);
        value = input.GetString();
        return true;
    }
}

internal sealed class BoolCodec : ValueCodec<bool>
{
    public override bool IsDefault(bool value) => !value;

    public override void Write(Utf8JsonWriter writer, bool value, JsonFormat form) => writer.WriteBooleanValue(value);

    public override bool TryRead(ref JsonInput input, string name, out bool value)
    {
        value = input.Kind == JsonTokenType.True;
        return value || input.Kind == JsonTokenType.False ? true : throw input.InvalidValue("bool", name);
    }
}

/// <summary>Integers; 64-bit ones are written in quotes, because many clients have only doubles.</summary>
internal sealed class IntegerCodec<T>(string kind) : ValueCodec<T>
    where T : struct, IBinaryInteger<T>
{
    private static readonly bool IsQuoted = Unsafe.SizeOf<T>() == 8;

    public override bool IsDefault(T value) => T.IsZero(value);

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form)
    {
        if (!IsQuoted)
        {
            writer.WriteNumberValue(long.CreateTruncating(value));
            return;
        }

        Span<byte> text = stackalloc byte[24];
        text[0] = (byte)'"';
        value.TryFormat(text[1..], out var length, default, CultureInfo.InvariantCulture);
        text[length + 1] = (byte)'"';
        writer.WriteRawValue(text[..(length + 2)], skipInputValidation: true);
    }

    public override bool TryRead(ref JsonInput input, string name, out T value)
    {
        if (input.Kind is JsonTokenType.Number or JsonTokenType.String && !input.IsEscaped && IntegerText.TryParse(input.Value, out value))
            return true;
        throw input.InvalidValue(kind, name);
    }
}

internal sealed class FloatCodec<T>(string kind) : ValueCodec<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    public override bool IsDefault(T value) => value == T.Zero && !T.IsNegative(value);

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form)
    {
        if (T.IsNaN(value)) writer.WriteStringValue("NaN"u8);
        else if (T.IsPositiveInfinity(value)) writer.WriteStringValue("Infinity"u8);
        else if (T.IsNegativeInfinity(value)) writer.WriteStringValue("-Infinity"u8);
        else if (value is float single) writer.WriteNumberValue(single);
        else writer.WriteNumberValue(double.CreateChecked(value));
    }

    public override bool TryRead(ref JsonInput input, string name, out T value)
    {
        if (input.Kind is JsonTokenType.Number or JsonTokenType.String && !input.IsEscaped && TryParse(input.Value, out value)) return true;
        throw input.InvalidValue(kind, name);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out T value)
    {
        value = default;
        if (text.SequenceEqual("NaN"u8)) value = T.NaN;
        else if (text.SequenceEqual("Infinity"u8)) value = T.PositiveInfinity;
        else if (text.SequenceEqual("-Infinity"u8)) value = T.NegativeInfinity;
        else if (text.IsEmpty || !(char.IsAsciiDigit((char)text[^1]) && (char.IsAsciiDigit((char)text[0]) || text[0] == '-'))) return false;
        else return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
        return true;
    }
}

/// <summary>Bytes as base64: written in the standard alphabet with padding; read in either alphabet, padding optional.</summary>
internal sealed class BytesCodec : ValueCodec<ByteString>
{
    public override bool IsDefault(ByteString value) => value.IsEmpty;

    public override void Write(Utf8JsonWriter writer, ByteString value, JsonFormat form) => writer.WriteBase64StringValue(value.Span);

    public override bool TryRead(ref JsonInput input, string name, out ByteString value)
    {
        if (input.Kind != JsonTokenType.String || !TryDecode(input.IsEscaped ? System.Text.Encoding.UTF8.GetBytes(input.GetString()) : input.Value, out value))
            throw input.InvalidValue("bytes", name);
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, out ByteString value)
    {
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (!TryDecodeUsual(text, buffer, out var length)) return TryDecodeUnusual(text, out value);
        value = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, length));
        return true;
    }

    /// <summary>The usual form of encoders: no white space, and all unused bits are zero.</summary>
    private static bool TryDecodeUsual(ReadOnlySpan<byte> text, Span<byte> buffer, out int length)
    {
        length = 0;
        if (text.IndexOfAny(" \t\r\n"u8) >= 0) return false;
        if (Base64.DecodeFromUtf8(text, buffer, out _, out length) == OperationStatus.Done) return true;
        return !text.Contains((byte)'=') && Base64Url.DecodeFromUtf8(text, buffer, out _, out length) == OperationStatus.Done;
    }

    /// <summary>The URL alphabet applies when <c>-</c> or <c>_</c> occurs; padding only for lengths divisible by four.</summary>
    private static bool TryDecodeUnusual(ReadOnlySpan<byte> text, out ByteString value)
    {
        var alphabet = text.IndexOfAny("-_"u8) < 0 ? GoBase64.StandardAlphabet : GoBase64.UrlAlphabet;
        var isValid = GoBase64.TryDecode(text, alphabet, isPadded: text.Length % 4 == 0, out var bytes, out _);
        value = UnsafeByteOperations.UnsafeWrap(bytes);
        return isValid;
    }
}

internal sealed class EnumCodec<T>(EnumDescriptor descriptor) : ValueCodec<T>
    where T : struct, Enum
{
    public override bool IsDefault(T value) => Unsafe.BitCast<T, int>(value) == 0;

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form)
    {
        var number = Unsafe.BitCast<T, int>(value);
        if (form.UsesEnumNames && descriptor.FindValueByNumber(number) is { } known) writer.WriteStringValue(known.Name);
        else writer.WriteNumberValue(number);
    }

    public override bool TryRead(ref JsonInput input, string name, out T value)
    {
        value = default;
        if (input.Kind == JsonTokenType.Number && IntegerText.TryParse<int>(input.Value, out var number))
        {
            value = Unsafe.BitCast<int, T>(number);
            return true;
        }

        if (input.Kind != JsonTokenType.String) throw input.InvalidValue("enum", name);
        if (descriptor.FindValueByName(input.GetString()) is { } known)
        {
            value = Unsafe.BitCast<int, T>(known.Number);
            return true;
        }

        return input.IgnoresUnknown ? false : throw input.InvalidValue("enum", name);
    }
}
