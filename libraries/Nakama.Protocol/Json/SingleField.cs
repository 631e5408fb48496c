using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>A field with one value.</summary>
/// <param name="field">The field.</param>
/// <param name="codec">The form of its value.</param>
/// <param name="get">The generated getter.</param>
/// <param name="set">The generated setter.</param>
/// <param name="has">Whether it is set, for members of a oneof; null when the default means "not set".</param>
internal sealed class SingleField<TMessage, T>(FieldDescriptor field, ValueCodec<T> codec, Func<TMessage, T> get, Action<TMessage, T> set, Func<TMessage, bool>? has)
    : FieldPlan(field)
    where TMessage : class, IMessage
{
    public override bool TakesNull => codec.TakesNull;

    public override void Write(IMessage message, Utf8JsonWriter writer, JsonFormat form)
    {
        var owner = (TMessage)message;
        var value = get(owner);
        if (has is null ? codec.IsDefault(value) : !has(owner))
        {
            if (!form.EmitsDefaults || Oneof >= 0) return;
            WriteName(writer, form);
            if (value is null) writer.WriteNullValue();
            else codec.Write(writer, value, form);
            return;
        }

        WriteName(writer, form);
        codec.Write(writer, value, form);
    }

    public override void Read(ref JsonInput input, IMessage message)
    {
        if (codec.TryRead(ref input, Field.JsonName, out var value)) set((TMessage)message, value);
    }
}
