using Google.Protobuf;
using MessagePack;
using MessagePack.Formatters;

namespace Nakama.Server.Transport.SignalR.MessagePack;

/// <summary>Formats one type of message; null is nil.</summary>
internal sealed class WireMessageFormatter<T> : IMessagePackFormatter<T?>
    where T : class, IMessage, new()
{
    public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options) => WireMessagePack.Write(ref writer, value);

    public T? Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        reader.TryReadNil() ? null : (T)WireMessagePack.Read(ref reader, new T(), options.Security);
}
