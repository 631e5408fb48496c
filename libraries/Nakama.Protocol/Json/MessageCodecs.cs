using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

internal sealed class MessageCodec<T>(MessageDescriptor descriptor) : ValueCodec<T>
    where T : class, IMessage
{
    // Resolved on first use, because messages may be recursive.
    private MessagePlan? _plan;

    private MessagePlan Plan => _plan ??= MessagePlan.Of(descriptor);

    public override bool IsDefault(T value) => value is null;

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form) => Plan.Write(value, writer, form);

    public override bool TryRead(ref JsonInput input, string name, out T value)
    {
        var plan = Plan;
        value = (T)plan.Create();
        plan.Read(ref input, value);
        return true;
    }
}

/// <summary>The codec of a message type with a special JSON form, such as <c>Timestamp</c>.</summary>
internal sealed class WellKnownCodec<T> : ValueCodec<T>
    where T : class, IMessage, new()
{
    public override bool TakesNull => typeof(T) == typeof(Google.Protobuf.WellKnownTypes.Value);

    public override bool IsDefault(T value) => value is null;

    public override void Write(Utf8JsonWriter writer, T value, JsonFormat form) => WellKnown.TryWrite(value, writer);

    public override bool TryRead(ref JsonInput input, string name, out T value)
    {
        value = new T();
        return WellKnown.TryRead(ref input, value);
    }
}
