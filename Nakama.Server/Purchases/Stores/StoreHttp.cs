using System.Net;
using System.Text;
using Nakama.Server.Outbound;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Sends requests to stores over HTTP and accepts only JSON objects as responses.</summary>
internal sealed class StoreHttp(OutboundHttp http)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <exception cref="Errors.ApiException">The store is unreachable or slow, rejects the request, or sends no JSON.</exception>
    public async ValueTask<StoreAnswer> SendAsync(string store, HttpRequestMessage request, CancellationToken cancellationToken) =>
        Read(store, await AskAsync(request, cancellationToken));

    /// <summary>The raw response, for callers that check its status before calling <see cref="Read"/>.</summary>
    public ValueTask<OutboundAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, Timeout, cancellationToken);

    /// <exception cref="Errors.ApiException">The status is not a success, or the body is not a JSON object.</exception>
    public static StoreAnswer Read(string store, OutboundAnswer answer)
    {
        if (answer.Failure is not null) throw PurchaseErrors.Unreachable(store, answer);
        var text = Encoding.UTF8.GetString(answer.Body);
        if (answer.Status != HttpStatusCode.OK) throw PurchaseErrors.Upstream(store, (int)answer.Status, text);
        return StoreJson.Parse(answer.Body) is { } json ? new(text, json) : throw PurchaseErrors.Raw($"no JSON from {store} service");
    }
}
