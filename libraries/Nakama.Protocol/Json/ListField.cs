using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>A repeated field.</summary>
internal sealed class ListField<TMessage, T>(FieldDescriptor field, ValueCodec<T> codec, Func<TMessage, RepeatedField<T>> get)
    : FieldPlan(field)
    where TMessage : class, IMessage
{
    public override void Write(IMessage message, Utf8JsonWriter writer, JsonFormat form)
    {
        var list = get((TMessage)message);
        if (list.Count == 0 && !form.EmitsDefaults) return;
        WriteName(writer, form);
        writer.WriteStartArray();
        for (var i = 0; i < list.Count; i++) codec.Write(writer, list[i], form);
        writer.WriteEndArray();
    }

    public override void Read(ref JsonInput input, IMessage message)
    {
        if (input.Kind != JsonTokenType.StartArray) throw input.UnexpectedToken();
        var list = get((TMessage)message);
        for (input.Read(); input.Kind != JsonTokenType.EndArray; input.Read())
        {
            if (codec.TryRead(ref input, Field.JsonName, out var value)) list.Add(value);
        }
    }
}
