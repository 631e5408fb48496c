using Google.Protobuf;
using Nakama.Protocol.Realtime;

namespace Nakama.GameLogic;

/// <summary>A message of the socket that can have hooks; all of them are in <see cref="Messages"/>.</summary>
/// <typeparam name="TMessage">The type of the message.</typeparam>
public sealed class MessageKind<TMessage>
    where TMessage : class, IMessage<TMessage>
{
    internal MessageKind(string name, Func<Envelope, TMessage> get, Action<Envelope, TMessage> set) => (Name, Get, Set) = (name, get, set);

    /// <summary>The name of the message in the proto file.</summary>
    public string Name { get; }

    internal Func<Envelope, TMessage> Get { get; }

    internal Action<Envelope, TMessage> Set { get; }
}
