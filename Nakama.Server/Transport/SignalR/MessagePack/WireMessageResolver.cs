using Google.Protobuf;
using MessagePack;
using MessagePack.Formatters;

namespace Nakama.Server.Transport.SignalR.MessagePack;

/// <summary>Makes the hub's MessagePack protocol write messages as maps with their JSON field names.</summary>
internal sealed class WireMessageResolver : IFormatterResolver
{
    public static readonly WireMessageResolver Instance = new();

    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T>? Formatter = typeof(IMessage).IsAssignableFrom(typeof(T))
            ? (IMessagePackFormatter<T>)Activator.CreateInstance(typeof(WireMessageFormatter<>).MakeGenericType(typeof(T)))!
            : null;
    }
}
