using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>The JSON serialization of one message type; created on first use and cached.</summary>
internal sealed class MessagePlan
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> Plans = new();

    private readonly FieldPlan[] _fields;
    private readonly NameTable _names;
    private readonly Func<IMessage> _create;

    private MessagePlan(MessageDescriptor descriptor)
    {
        _fields = [.. descriptor.Fields.InDeclarationOrder().Select(FieldPlanFactory.Create)];
        _names = new NameTable(_fields);
        _create = FieldPlanFactory.Creator(descriptor);
    }

    public static MessagePlan Of(MessageDescriptor descriptor) =>
        Plans.TryGetValue(descriptor, out var plan) ? plan : Plans.GetOrAdd(descriptor, static d => new MessagePlan(d));

    public IMessage Create() => _create();

    public void Write(IMessage message, Utf8JsonWriter writer, JsonFormat form)
    {
        writer.WriteStartObject();
        foreach (var field in _fields) field.Write(message, writer, form);
        writer.WriteEndObject();
    }

    /// <summary>Reads the object whose opening brace is the current token.</summary>
    public void Read(ref JsonInput input, IMessage message)
    {
        if (input.Kind != JsonTokenType.StartObject) throw input.UnexpectedToken();
        input.CountMessage();
        UInt128 seenFields = 0;
        ulong seenOneofs = 0;
        for (input.Read(); input.Kind != JsonTokenType.EndObject; input.Read())
        {
            var index = _names.Find(ref input);
            if (index < 0)
            {
                if (!input.IgnoresUnknown) throw input.UnknownField();
                input.SkipValue();
                continue;
            }

            var bit = UInt128.One << index;
            if ((seenFields & bit) != 0) throw input.DuplicateField();
            seenFields |= bit;

            var field = _fields[index];
            input.Read();
            if (input.Kind == JsonTokenType.Null && !field.TakesNull) continue;
            if (field.Oneof >= 0)
            {
                if ((seenOneofs & (1ul << field.Oneof)) != 0) throw input.OneofAlreadySet(field.Field.Name, field.Field.ContainingOneof.FullName);
                seenOneofs |= 1ul << field.Oneof;
            }

            field.Read(ref input, message);
        }
    }
}
