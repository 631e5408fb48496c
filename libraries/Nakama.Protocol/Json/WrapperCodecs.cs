using System.Text.Json;

namespace Nakama.Protocol.Json;

/// <summary>A wrapper around a value type: the bare value when set, nothing or null when not.</summary>
internal sealed class NullableCodec<T>(ValueCodec<T> inner) : ValueCodec<T?>
    where T : struct
{
    public override bool IsDefault(T? value) => !value.HasValue;

    public override void Write(Utf8JsonWriter writer, T? value, JsonFormat form) => inner.Write(writer, value!.Value, form);

    public override bool TryRead(ref JsonInput input, string name, out T? value)
    {
        var known = inner.TryRead(ref input, "value", out var bare);
        value = bare;
        return known;
    }
}

/// <summary>A wrapper around a string or bytes.</summary>
internal sealed class WrapperCodec<T>(ValueCodec<T> inner) : ValueCodec<T>
    where T : class
{
    public override bool IsDefault(T value) => value is null;

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form) => inner.Write(writer, value, form);

    public override bool TryRead(ref JsonInput input, string name, out T value) => inner.TryRead(ref input, "value", out value);
}
