using System.Net;
using System.Text;
using Nakama.Server.Outbound;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Asks stores over HTTP and takes nothing but JSON objects for an answer.</summary>
internal sealed class StoreHttp(OutboundHttp http)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <exception cref="Errors.ApiError">The store is away, slow, refuses, or answers with something else.</exception>
    public async ValueTask<StoreAnswer> SendAsync(string store, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(request, Timeout, cancellationToken);
        if (answer.Failure is not null) throw PurchaseErrors.Unreachable(store, answer);
        var text = Encoding.UTF8.GetString(answer.Body);
        if (answer.Status != HttpStatusCode.OK) throw PurchaseErrors.Upstream(store, (int)answer.Status, text);
        return StoreJson.Parse(answer.Body) is { } json ? new(text, json) : throw PurchaseErrors.Raw($"no JSON from {store} service");
    }
}
