using Google.Protobuf;
using Microsoft.Extensions.Primitives;

namespace Nakama.Server.Api;

/// <summary>Decides whether a call may run, before any other processing. Each service has its own implementation.</summary>
public interface ICredentialCheck
{
    /// <summary>Stores the caller in the call.</summary>
    /// <param name="call">The call; <see cref="ApiCall.Caller"/> or <see cref="ApiCall.Operator"/> is set here.</param>
    /// <param name="authorization">All values of the <c>authorization</c> header or metadata.</param>
    /// <param name="request">The request, for methods that carry a key in it.</param>
    /// <param name="cancellationToken">Cancelled when the request ends.</param>
    /// <exception cref="Errors.ApiException">The credentials are missing or wrong.</exception>
    ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken);
}
