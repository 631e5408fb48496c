using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;

namespace Nakama.GameLogic;

/// <summary>
/// Registers the functions of a game. Of two functions for the same purpose the last one is used, and a function in C# takes
/// precedence over one of a script.
/// </summary>
public interface IGameBuilder
{
    /// <summary>A function that clients and other servers call by its id: text in, text out.</summary>
    IGameBuilder Rpc(string id, RpcHandler handler);

    /// <summary>
    /// A function that clients and other servers call by its id, with JSON of the given types. An invalid payload is refused with
    /// <see cref="GameErrorCode.InvalidArgument"/>.
    /// </summary>
    IGameBuilder Rpc<TRequest, TResponse>(
        string id, RpcHandler<TRequest, TResponse> handler, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
        where TRequest : notnull;

    /// <summary>A function that runs before a method of the API.</summary>
    IGameBuilder Before<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, BeforeHandler<TRequest> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>;

    /// <summary>A function that runs after a method of the API has succeeded.</summary>
    IGameBuilder After<TRequest, TResponse>(RequestKind<TRequest, TResponse> request, AfterHandler<TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>;
}
