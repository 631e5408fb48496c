using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Nakama.Server.Api;

/// <summary>Runs one method of the API.</summary>
public delegate ValueTask<IMessage> ApiHandler(ApiCall call, IMessage request, CancellationToken cancellationToken);

/// <summary>One method as the contract describes it, with the handler that a feature gave it.</summary>
public sealed class ApiMethod(MethodDescriptor descriptor, ApiCredential credential)
{
    /// <summary>The bare name, such as <c>AddFriends</c>; also the name of its hooks and metrics.</summary>
    public string Name { get; } = descriptor.Name;

    public MethodDescriptor Descriptor { get; } = descriptor;

    public ApiCredential Credential { get; } = credential;

    /// <summary>Null while no feature has taken the method; such calls answer 12 UNIMPLEMENTED.</summary>
    public ApiHandler? Handler { get; internal set; }
}
