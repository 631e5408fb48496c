using Google.Protobuf;
using Microsoft.Extensions.Primitives;
using Nakama.Server.Api;

namespace Nakama.Server.ConsoleApi;

/// <summary>The calls of the explorer, whose operator was checked before: they run as a user, or as no one.</summary>
internal sealed class ExplorerCredentials(Caller? caller) : ICredentialCheck
{
    public ValueTask CheckAsync(ApiCall call, StringValues authorization, IMessage request, CancellationToken cancellationToken)
    {
        call.Caller = caller;
        return ValueTask.CompletedTask;
    }
}
