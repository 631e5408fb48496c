using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>What Google Play tells on the console's port.</summary>
public sealed class GoogleNews : IClassFixture<StoreFixture>
{
    private const string Path = "google/notifications/google-news";

    private static readonly ConcurrentQueue<SubscriptionNotification> Subscriptions = new();
    private static readonly ConcurrentQueue<PurchaseNotification> Purchases = new();

    private readonly StoreFixture _fixture;

    public GoogleNews(StoreFixture fixture)
    {
        _fixture = fixture;
        fixture.Functions.GoogleSubscription = (news, _) =>
        {
            Subscriptions.Enqueue(news);
            return ValueTask.CompletedTask;
        };
        fixture.Functions.GooglePurchase = (news, _) =>
        {
            Purchases.Enqueue(news);
            return ValueTask.CompletedTask;
        };
    }

    [Theory]
    [InlineData(4, StoreNotificationType.Subscribed, Path)]
    [InlineData(2, StoreNotificationType.Renewed, Path)]
    [InlineData(13, StoreNotificationType.Expired, "google/subscriptions/google-news")]
    [InlineData(3, StoreNotificationType.Cancelled, Path)]
    public async Task A_subscription_is_stored_as_google_describes_it(int number, StoreNotificationType type, string path)
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var token = Sell(new { obfuscatedExternalAccountId = anna.UserId });

        Assert.Equal(HttpStatusCode.OK, await SubscriptionAsync(number, token, path));

        var stored = await _fixture.Subscriptions.FindAsync(token, default);
        Assert.Equal((anna.UserId.ToString(), "vip", true), (stored!.UserId, stored.ProductId, stored.Active));
        Assert.Equal(new DateTime(2029, 12, 1, 0, 0, 0, DateTimeKind.Utc), stored.PurchaseTime.ToDateTime());
        var news = Assert.Single(Subscriptions, news => news.Subscription.OriginalTransactionId == token);
        Assert.Equal(type, news.Type);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(news.Payload).TryGetProperty("subscriptionPurchase", out _));
    }

    [Fact]
    public async Task Without_a_name_it_stays_with_the_known_owner_and_others_are_ignored()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var (known, unknown, misnamed, gone) = (Sell(null), Sell(null), Sell(new { obfuscatedExternalProfileId = "nobody" }), Sell(new { obfuscatedExternalProfileId = Guid.NewGuid() }));
        (await _fixture.ValidateAsync(anna, "subscription/google", new
        {
            receipt = JsonSerializer.Serialize(new { packageName = StandInStores.Bundle, productId = "vip", purchaseToken = known }),
        })).Ok();

        foreach (var token in new[] { known, unknown, misnamed, gone }) Assert.Equal(HttpStatusCode.OK, await SubscriptionAsync(2, token));

        Assert.Equal(anna.UserId.ToString(), Assert.Single(Subscriptions, news => news.Subscription.OriginalTransactionId == known).Subscription.UserId);
        foreach (var token in new[] { unknown, misnamed, gone }) Assert.Null(await _fixture.Subscriptions.FindAsync(token, default));
    }

    [Fact]
    public async Task What_google_does_not_confirm_is_sent_again_and_what_means_nothing_is_taken()
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await SubscriptionAsync(4, Unique.Id()));
        Assert.Equal(HttpStatusCode.InternalServerError, await _fixture.NotifyAsync(Path, new { message = new { data = "!" } }));
        Assert.Equal(HttpStatusCode.InternalServerError, await _fixture.NotifyAsync(Path, new { }));
        Assert.Equal(HttpStatusCode.OK, await SubscriptionAsync(5, Unique.Id()));
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync(new { testNotification = new { version = "1.0" } }));
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync(new { oneTimeProductNotification = new { purchaseToken = "t" } }));
        Assert.Equal(HttpStatusCode.NotFound, await _fixture.NotifyAsync("google/notifications/other", new { }));
    }

    [Fact]
    public async Task A_voided_sale_is_a_refund_of_now()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var (bought, linked) = (Unique.Id(), Unique.Id());
        var subscribed = Sell(null, linked);
        _fixture.Stores.Google[$"{StandInStores.Bundle}/purchases/products/coins/tokens/{bought}"] = "{}";
        foreach (var (kind, field, token, product) in new[] { ("purchase", "purchase", bought, "coins"), ("subscription", "receipt", subscribed, "vip") })
        {
            var receipt = JsonSerializer.Serialize(new { packageName = StandInStores.Bundle, productId = product, purchaseToken = token });
            (await _fixture.ValidateAsync(anna, $"{kind}/google", new Dictionary<string, string> { [field] = receipt })).Ok();
        }

        Assert.Equal(HttpStatusCode.OK, await VoidedAsync(2, bought));
        Assert.Equal(HttpStatusCode.OK, await VoidedAsync(1, subscribed));
        Assert.Equal(HttpStatusCode.OK, await VoidedAsync(2, Unique.Id()));

        Assert.Equal(_fixture.Clock.GetUtcNow(), (await _fixture.Purchases.FindAsync(bought, default))!.RefundTime.ToDateTimeOffset());
        Assert.Equal(_fixture.Clock.GetUtcNow(), (await _fixture.Subscriptions.FindAsync(linked, default))!.RefundTime.ToDateTimeOffset());
        Assert.Equal(StoreNotificationType.Refunded, Assert.Single(Purchases, news => news.Purchase.TransactionId == bought).Type);
        Assert.Equal(StoreNotificationType.Refunded, Assert.Single(Subscriptions, news => news.Subscription.OriginalTransactionId == linked).Type);
    }

    private string Sell(object? account, string? linked = null)
    {
        var token = Unique.Id();
        _fixture.Stores.Google[$"{StandInStores.Bundle}/purchases/subscriptionsv2/tokens/{token}"] = JsonSerializer.Serialize(new
        {
            startTime = "2029-12-01T00:00:00Z",
            linkedPurchaseToken = linked,
            externalAccountIdentifiers = account,
            lineItems = new[] { new { productId = "vip", expiryTime = "2030-03-01T00:00:00Z" } },
        });
        return token;
    }

    private Task<HttpStatusCode> SubscriptionAsync(int type, string token, string path = Path) =>
        NotifyAsync(new { packageName = StandInStores.Bundle, subscriptionNotification = new { notificationType = type, purchaseToken = token, subscriptionId = "vip" } }, path);

    private Task<HttpStatusCode> VoidedAsync(int productType, string token) =>
        NotifyAsync(new { packageName = StandInStores.Bundle, voidedPurchaseNotification = new { purchaseToken = token, productType } });

    private Task<HttpStatusCode> NotifyAsync(object notification, string path = Path) =>
        _fixture.NotifyAsync(path, new { message = new { data = Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(notification))) } });
}
