using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Protocol.Json;

/// <summary>The JSON serialization of one field of one message. Created once per field.</summary>
internal abstract class FieldPlan(FieldDescriptor field)
{
    public FieldDescriptor Field { get; } = field;

    /// <summary>The field's names as they are compared on reading.</summary>
    public byte[] ProtoKey { get; } = Encoding.UTF8.GetBytes(field.Name);

    public byte[] CamelKey { get; } = Encoding.UTF8.GetBytes(field.JsonName);

    /// <summary>The index of the field's oneof in the message, or -1.</summary>
    public int Oneof { get; } = field.RealContainingOneof?.Index ?? -1;

    /// <summary>Whether an explicit null is a value of this field.</summary>
    public virtual bool TakesNull => false;

    private readonly JsonEncodedText _protoName = JsonEncodedText.Encode(field.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    private readonly JsonEncodedText _camelName = JsonEncodedText.Encode(field.JsonName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    /// <summary>Writes name and value, or nothing when the form omits it.</summary>
    public abstract void Write(IMessage message, Utf8JsonWriter writer, JsonFormat form);

    /// <summary>Reads the value whose first token is current.</summary>
    public abstract void Read(ref JsonInput input, IMessage message);

    protected void WriteName(Utf8JsonWriter writer, JsonFormat form) =>
        writer.WritePropertyName(form.UsesCamelCase ? _camelName : _protoName);
}
