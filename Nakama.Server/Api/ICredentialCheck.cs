using Google.Protobuf;
using Microsoft.Extensions.Primitives;

namespace Nakama.Server.Api;

/// <summary>Decides whether a call may run, before anything else looks at it. Each service has its own way.</summary>
public interface ICredentialCheck
{
    /// <summary>Notes in the call who asks.</summary>
    /// <param name="call">The call; <see cref="ApiCall.Caller"/> or <see cref="ApiCall.Operator"/> is set here.</param>
    /// <param name="authorization">All values of the <c>authorization</c> header or metadata.</param>
    /// <param name="request">The request, for methods that carry a key in it.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <exception cref="Errors.ApiException">The credentials are missing or wrong.</exception>
    ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken);
}
