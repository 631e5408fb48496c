using Nakama.Server.Api;
using Nakama.Server.Errors;
using Nakama.Server.Security;

namespace Nakama.Server.Purchases.StoreNotifications;

/// <summary>The endpoints for store notifications. Only the last segment of the path identifies the store.</summary>
internal sealed class StoreNotificationRoute(
    string prefix, string endpointId, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> handle, ILogger<StoreNotificationRoute> log) : IRawEndpoint
{
    private const string NoContent = "text/plain; charset=utf-8";

    private readonly SecretText? _endpoint = endpointId.Length == 0 ? null : new SecretText(endpointId);

    public ApiAudience Audience => ApiAudience.Operators;

    public string Prefix => prefix;

    public bool Takes(string verb, string rest) => _endpoint is not null;

    public async ValueTask<RawAnswer> HandleAsync(RawRequest request, CancellationToken cancellationToken)
    {
        if (!_endpoint!.IsEqualTo(request.Rest)) throw new ApiException(StatusCode.NotFound, "Not Found");
        var body = await request.ReadBodyAsync(cancellationToken);
        try
        {
            await handle(body, cancellationToken);
            return new(StatusCodes.Status200OK, NoContent, default);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            StoreNotificationLog.Failed(log, e);
            return new(StatusCodes.Status500InternalServerError, NoContent, default);
        }
    }
}
