using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Nakama.Protocol.Json;

namespace Nakama.Server.Transport.SignalR;

/// <summary>Makes the hub's JSON protocol write messages exactly as envelopes contain them.</summary>
internal sealed class WireJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeof(IMessage).IsAssignableFrom(typeToConvert);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OfMessage<>).MakeGenericType(typeToConvert))!;

    private sealed class OfMessage<T> : JsonConverter<T>
        where T : class, IMessage, new()
    {
        private const int MaxKeptBuffer = 64 * 1024;

        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _spare;

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            var message = new T();
            try
            {
                ProtoJson.ReadStrict(JsonMarshal.GetRawUtf8Value(value.RootElement), message);
            }
            catch (ProtoJsonException e)
            {
                throw new JsonException(e.Message, e);
            }
            return message;
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            // The hub's own writer would escape more characters than the other transports do.
            var buffer = _spare ?? new ArrayBufferWriter<byte>(512);
            _spare = null;
            ProtoJson.Write(value, buffer, JsonFormat.Api);
            writer.WriteRawValue(buffer.WrittenSpan, skipInputValidation: true);
            if (buffer.Capacity > MaxKeptBuffer) return;
            buffer.ResetWrittenCount();
            _spare = buffer;
        }
    }
}
