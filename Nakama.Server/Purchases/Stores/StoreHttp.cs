using System.Net;
using System.Text;
using Nakama.Server.Outbound;

namespace Nakama.Server.Purchases.Stores;

/// <summary>Asks stores over HTTP and takes nothing but JSON objects for an answer.</summary>
internal sealed class StoreHttp(OutboundHttp http)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <exception cref="Errors.ApiException">The store is away, slow, refuses, or answers with something else.</exception>
    public async ValueTask<StoreAnswer> SendAsync(string store, HttpRequestMessage request, CancellationToken cancellationToken) =>
        Read(store, await AskAsync(request, cancellationToken));

    /// <summary>The answer as it is, for those who look at its status before they <see cref="Read"/> it.</summary>
    public ValueTask<OutboundAnswer> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, Timeout, cancellationToken);

    /// <exception cref="Errors.ApiException">It is no success, or something else than JSON.</exception>
    public static StoreAnswer Read(string store, OutboundAnswer answer)
    {
        if (answer.Failure is not null) throw PurchaseErrors.Unreachable(store, answer);
        var text = Encoding.UTF8.GetString(answer.Body);
        if (answer.Status != HttpStatusCode.OK) throw PurchaseErrors.Upstream(store, (int)answer.Status, text);
        return StoreJson.Parse(answer.Body) is { } json ? new(text, json) : throw PurchaseErrors.Raw($"no JSON from {store} service");
    }
}
