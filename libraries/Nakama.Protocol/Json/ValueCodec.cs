using System.Text.Json;

namespace Nakama.Protocol.Json;

/// <summary>The JSON codec for the values of one type.</summary>
internal abstract class ValueCodec<T>
{
    /// <summary>Whether an explicit null is a value rather than "not set".</summary>
    public virtual bool TakesNull => false;

    /// <summary>Whether the field counts as not set.</summary>
    public abstract bool IsDefault(T value);

    public abstract void Write(Utf8JsonWriter writer, T value, JsonFormat form);

    /// <summary>Reads the value whose first token is current. False when the value is to be skipped.</summary>
    public abstract bool TryRead(ref JsonInput input, string name, out T value);
}
