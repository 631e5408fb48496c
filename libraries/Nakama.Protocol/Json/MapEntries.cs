using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>A map field: an object whose names are the keys.</summary>
internal sealed class MapEntries<TMessage, TKey, T>(FieldDescriptor field, MapKey<TKey> key, ValueCodec<T> codec, Func<TMessage, MapField<TKey, T>> get)
    : FieldPlan(field)
    where TMessage : class, IMessage
    where TKey : notnull
{
    public override void Write(IMessage message, Utf8JsonWriter writer, JsonFormat form)
    {
        var map = get((TMessage)message);
        if (map.Count == 0 && !form.EmitsDefaults) return;
        WriteName(writer, form);
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WritePropertyName(key.Format(name));
            codec.Write(writer, value, form);
        }

        writer.WriteEndObject();
    }

    public override void Read(ref JsonInput input, IMessage message)
    {
        if (input.Kind != JsonTokenType.StartObject) throw input.UnexpectedToken();
        var map = get((TMessage)message);
        for (input.Read(); input.Kind != JsonTokenType.EndObject; input.Read())
        {
            if (!key.TryParse(input.GetString(), out var name)) throw input.InvalidKey(Field.MessageType.FindFieldByNumber(1).FieldType.ToString().ToLowerInvariant());
            if (map.ContainsKey(name)) throw input.DuplicateKey();
            input.Read();
            if (codec.TryRead(ref input, "value", out var value)) map.Add(name, value);
        }
    }
}

/// <summary>The keys of a map as property names.</summary>
internal abstract class MapKey<T>
{
    public abstract string Format(T key);

    public abstract bool TryParse(string text, out T key);
}

internal sealed class StringKey : MapKey<string>
{
    public override string Format(string key) => key;

    public override bool TryParse(string text, out string key)
    {
        key = text;
        return true;
    }
}

internal sealed class BoolKey : MapKey<bool>
{
    public override string Format(bool key) => key ? "true" : "false";

    public override bool TryParse(string text, out bool key)
    {
        key = text == "true";
        return key || text == "false";
    }
}

internal sealed class IntegerKey<T> : MapKey<T>
    where T : struct, IBinaryInteger<T>
{
    public override string Format(T key) => key.ToString(null, CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out T key) => IntegerText.TryParse(Encoding.UTF8.GetBytes(text), out key);
}
