using System.Buffers;
using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using MessagePack;

namespace Nakama.Server.Transport.SignalR.MessagePack;

/// <summary>
/// The MessagePack form of messages: a map with proto names; zero values left out, wrapped values bare, enums and integers as
/// integers, bytes as binary, times as timestamps. Reading is as strict as in JSON: an unknown name or another kind of value
/// is refused.
/// </summary>
internal static class WireMessagePack
{
    public static void Write(ref MessagePackWriter writer, IMessage? message)
    {
        if (message is null)
        {
            writer.WriteNil();
            return;
        }

        var fields = message.Descriptor.Fields.InFieldNumberOrder();
        var count = 0;
        foreach (var field in fields)
        {
            if (IsPresent(field, message)) count++;
        }

        writer.WriteMapHeader(count);
        foreach (var field in fields)
        {
            if (!IsPresent(field, message)) continue;
            writer.Write(field.Name);
            WriteField(ref writer, field, field.Accessor.GetValue(message));
        }
    }

    public static IMessage Read(ref MessagePackReader reader, IMessage message, MessagePackSecurity security)
    {
        security.DepthStep(ref reader);
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString() ?? throw Refusal("A name is missing.");
            var field = Find(message.Descriptor, name) ?? throw Refusal($"{message.Descriptor.Name} has no field {name}.");
            if (reader.TryReadNil()) continue;
            if (field.IsMap) ReadMap(ref reader, field, (IDictionary)field.Accessor.GetValue(message), security);
            else if (field.IsRepeated) ReadList(ref reader, field, (IList)field.Accessor.GetValue(message), security);
            else field.Accessor.SetValue(message, ReadValue(ref reader, field, security));
        }
        reader.Depth--;
        return message;
    }

    private static bool IsPresent(FieldDescriptor field, IMessage message)
    {
        if (field.HasPresence || field.ContainingOneof is not null) return field.FieldType == FieldType.Message ? field.Accessor.GetValue(message) is not null : field.Accessor.HasValue(message);
        var value = field.Accessor.GetValue(message);
        return value switch
        {
            null => false,
            ICollection collection => collection.Count > 0,
            string text => text.Length > 0,
            ByteString bytes => !bytes.IsEmpty,
            bool isSet => isSet,
            int number => number != 0,
            long number => number != 0,
            uint number => number != 0,
            ulong number => number != 0,
            double number => number != 0,
            float number => number != 0,
            System.Enum choice => Convert.ToInt32(choice, null) != 0,
            _ => true,
        };
    }

    private static void WriteField(ref MessagePackWriter writer, FieldDescriptor field, object value)
    {
        if (field.IsMap)
        {
            var entries = (IDictionary)value;
            writer.WriteMapHeader(entries.Count);
            foreach (DictionaryEntry entry in entries)
            {
                WriteValue(ref writer, entry.Key);
                WriteValue(ref writer, entry.Value!);
            }
        }
        else if (field.IsRepeated)
        {
            var items = (IList)value;
            writer.WriteArrayHeader(items.Count);
            foreach (var item in items) WriteValue(ref writer, item!);
        }
        else
        {
            WriteValue(ref writer, value);
        }
    }

    private static void WriteValue(ref MessagePackWriter writer, object value)
    {
        switch (value)
        {
            case string text: writer.Write(text); break;
            case bool isSet: writer.Write(isSet); break;
            case int number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case uint number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case ByteString bytes: writer.Write(bytes.Span); break;
            case Timestamp time: writer.Write(time.ToDateTime()); break;
            case IMessage message: Write(ref writer, message); break;
            case System.Enum choice: writer.Write(Convert.ToInt32(choice, null)); break;
            default: throw new InvalidOperationException($"No MessagePack form for {value.GetType()}.");
        }
    }

    private static FieldDescriptor? Find(MessageDescriptor descriptor, string name)
    {
        if (descriptor.FindFieldByName(name) is { } field) return field;
        foreach (var candidate in descriptor.Fields.InFieldNumberOrder())
        {
            if (candidate.JsonName == name) return candidate;
        }
        return null;
    }

    private static void ReadMap(ref MessagePackReader reader, FieldDescriptor field, IDictionary entries, MessagePackSecurity security)
    {
        var key = field.MessageType.FindFieldByNumber(1);
        var value = field.MessageType.FindFieldByNumber(2);
        var count = reader.ReadMapHeader();
        for (var i = 0; i < count; i++) entries[ReadValue(ref reader, key, security)] = ReadValue(ref reader, value, security);
    }

    private static void ReadList(ref MessagePackReader reader, FieldDescriptor field, IList items, MessagePackSecurity security)
    {
        var count = reader.ReadArrayHeader();
        for (var i = 0; i < count; i++) items.Add(ReadValue(ref reader, field, security));
    }

    private static object ReadValue(ref MessagePackReader reader, FieldDescriptor field, MessagePackSecurity security) => field.FieldType switch
    {
        FieldType.String => reader.ReadString() ?? throw Refusal($"{field.Name} is nil."),
        FieldType.Bool => reader.ReadBoolean(),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => reader.ReadInt32(),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => reader.ReadInt64(),
        FieldType.UInt32 or FieldType.Fixed32 => reader.ReadUInt32(),
        FieldType.UInt64 or FieldType.Fixed64 => reader.ReadUInt64(),
        FieldType.Double => reader.ReadDouble(),
        FieldType.Float => reader.ReadSingle(),
        FieldType.Bytes => ByteString.CopyFrom(reader.ReadBytes() is { } bytes ? bytes.ToArray() : []),
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, reader.ReadInt32()),
        FieldType.Message => ReadMessage(ref reader, field.MessageType, security),
        _ => throw Refusal($"{field.Name} cannot be read."),
    };

    private static object ReadMessage(ref MessagePackReader reader, MessageDescriptor type, MessagePackSecurity security)
    {
        if (type.File == WrappersReflection.Descriptor) return ReadValue(ref reader, type.FindFieldByNumber(1), security);
        if (type == Timestamp.Descriptor) return Timestamp.FromDateTime(reader.ReadDateTime().ToUniversalTime());
        return Read(ref reader, (IMessage)Activator.CreateInstance(type.ClrType)!, security);
    }

    private static MessagePackSerializationException Refusal(string text) => new(text);
}
