using Nakama.Console.Nodes;
using Nakama.Protocol.Api;

namespace Nakama.Console.Purchases;

/// <summary>The methods of the node's console API about purchases and subscriptions.</summary>
public sealed class PurchasesClient(NodeClient node)
{
    private const int PageSize = 20;

    public Task<PurchaseList> ListPurchasesAsync(PaymentFilter filter, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<PurchaseList>(Path("/purchase", filter, cursor), cancellationToken);

    public Task<SubscriptionList> ListSubscriptionsAsync(PaymentFilter filter, string cursor, CancellationToken cancellationToken) =>
        node.GetAsync<SubscriptionList>(Path("/subscription", filter, cursor), cancellationToken);

    private static string Path(string root, PaymentFilter filter, string cursor) => NodePath.Of(root).With(
        ("filter", filter.TransactionId), ("user_id", filter.UserId), ("after", filter.After), ("before", filter.Before),
        ("limit", PageSize), ("cursor", cursor));
}
