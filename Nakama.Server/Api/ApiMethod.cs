using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Server.Api;

/// <summary>Runs one method of the API.</summary>
public delegate ValueTask<IMessage> ApiHandler(ApiCall call, IMessage request, CancellationToken cancellationToken);

/// <summary>One method as described by the contract, with the handler that a feature registered.</summary>
public sealed class ApiMethod(MethodDescriptor descriptor, ApiCredential credential)
{
    /// <summary>The bare name, such as <c>AddFriends</c>; also the name of its hooks and metrics.</summary>
    public string Name { get; } = descriptor.Name;

    /// <summary>With the service, as in <c>nakama.api.Nakama/AddFriends</c>.</summary>
    public string FullName { get; } = $"{descriptor.Service.FullName}/{descriptor.Name}";

    public MethodDescriptor Descriptor { get; } = descriptor;

    public ApiCredential Credential { get; } = credential;

    /// <summary>
    /// Whether game logic may register hooks for it; RPC functions cannot have hooks, since they are game logic themselves.
    /// </summary>
    internal bool HasHooks { get; } = descriptor.Name is not ("Healthcheck" or "RpcFunc");

    /// <summary>For compatibility, the after hooks of two list methods receive only the answer.</summary>
    internal bool HidesRequestFromAfterHook { get; } = descriptor.Name is "ListFriends" or "ListFriendsOfFriends";

    /// <summary>Null while no feature has registered a handler; such calls answer 12 UNIMPLEMENTED.</summary>
    public ApiHandler? Handler { get; internal set; }
}
