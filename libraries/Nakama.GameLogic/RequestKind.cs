using Google.Protobuf;

namespace Nakama.GameLogic;

/// <summary>A method of the API that can have hooks; all of them are in <see cref="Requests"/>.</summary>
/// <typeparam name="TRequest">The type of the request.</typeparam>
/// <typeparam name="TResponse">The type of the response.</typeparam>
public sealed class RequestKind<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal RequestKind(string name) => Name = name;

    /// <summary>The name of the method in the proto file.</summary>
    public string Name { get; }
}
