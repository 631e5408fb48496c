using Google.Protobuf;

namespace Nakama.GameLogic;

/// <summary>A method of the API that hooks run around; all of them are in <see cref="Requests"/>.</summary>
/// <typeparam name="TRequest">What clients send.</typeparam>
/// <typeparam name="TResponse">What they get.</typeparam>
public sealed class RequestKind<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal RequestKind(string name) => Name = name;

    /// <summary>The name of the method in the contract.</summary>
    public string Name { get; }
}
