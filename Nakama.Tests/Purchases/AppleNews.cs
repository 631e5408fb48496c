using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Nakama.Server.Purchases.StoreNotifications;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>What the App Store tells on the console's port.</summary>
public sealed class AppleNews : IClassFixture<StoreFixture>
{
    private const string Path = "apple/notifications/apple-news";

    private static readonly ConcurrentQueue<SubscriptionNotification> Subscriptions = new();
    private static readonly ConcurrentQueue<PurchaseNotification> Purchases = new();

    private readonly StoreFixture _fixture;

    public AppleNews(StoreFixture fixture)
    {
        _fixture = fixture;
        fixture.Functions.AppleSubscription = (news, _) =>
        {
            Subscriptions.Enqueue(news);
            return news.Subscription.ProductId == "fails" ? throw new InvalidOperationException("game logic fails") : ValueTask.CompletedTask;
        };
        fixture.Functions.ApplePurchase = (news, _) =>
        {
            Purchases.Enqueue(news);
            return ValueTask.CompletedTask;
        };
    }

    [Theory]
    [InlineData("SUBSCRIBED", "INITIAL_BUY", StoreNotificationType.Subscribed, Path)]
    [InlineData("OFFER_REDEEMED", "", StoreNotificationType.Subscribed, "apple/subscriptions/apple-news")]
    [InlineData("DID_RENEW", "", StoreNotificationType.Renewed, Path)]
    public async Task What_is_bought_belongs_to_the_user_the_app_named(string kind, string subtype, StoreNotificationType type, string path)
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();
        var transaction = _fixture.Transaction(id, new { appAccountToken = anna.UserId, expiresDate = _fixture.Days(30) });

        Assert.Equal(HttpStatusCode.OK, await NotifyAsync(kind, subtype, transaction, path: path));

        var stored = await _fixture.Subscriptions.FindAsync(id, default);
        Assert.Equal((anna.UserId.ToString(), true), (stored!.UserId, stored.Active));
        Assert.Contains("signedTransactionInfo", JsonSerializer.Deserialize<string>(stored.ProviderNotification)!, StringComparison.Ordinal);
        var news = Single(id);
        Assert.Equal((type, id), (news.Type, news.Subscription.OriginalTransactionId));
        Assert.Equal(id, JsonSerializer.Deserialize<JsonElement>(news.Payload).GetProperty("data").GetProperty("transactionInfo").Text("transactionId"));
    }

    [Fact]
    public async Task Without_a_name_it_stays_with_the_known_owner_and_waits_for_an_unknown_one()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();
        var renewed = _fixture.Transaction(id, new { expiresDate = _fixture.Days(60) });

        Assert.Equal(HttpStatusCode.InternalServerError, await NotifyAsync("DID_RENEW", "", renewed));
        await _fixture.ValidateAsync(anna, "subscription/apple", new { receipt = _fixture.Transaction(id, new { expiresDate = _fixture.Days(30) }) });
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync("DID_RENEW", "", renewed));

        var stored = await _fixture.Subscriptions.FindAsync(id, default);
        Assert.Equal((anna.UserId.ToString(), _fixture.Days(60)), (stored!.UserId, stored.ExpiryTime.ToDateTimeOffset().ToUnixTimeMilliseconds()));
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync("DID_RENEW", "", _fixture.Transaction(Unique.Id(), new { appAccountToken = Guid.NewGuid(), expiresDate = 1 })));
    }

    [Fact]
    public async Task An_upgrade_takes_the_product_that_renews()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();

        await NotifyAsync(
            "DID_CHANGE_RENEWAL_PREF", "UPGRADE", _fixture.Transaction(id, new { appAccountToken = anna.UserId, expiresDate = _fixture.Days(30) }),
            Renewal(id, new { autoRenewProductId = "premium" }));

        Assert.Equal("premium", (await _fixture.Subscriptions.FindAsync(id, default))!.ProductId);
    }

    [Theory]
    [InlineData("EXPIRED", "VOLUNTARY", StoreNotificationType.Expired)]
    [InlineData("REVOKE", "", StoreNotificationType.Expired)]
    [InlineData("DID_CHANGE_RENEWAL_STATUS", "AUTO_RENEW_DISABLED", StoreNotificationType.Cancelled)]
    [InlineData("DID_CHANGE_RENEWAL_STATUS", "AUTO_RENEW_ENABLED", null)]
    public async Task An_end_is_the_later_of_renewal_and_grace(string kind, string subtype, StoreNotificationType? type)
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();
        await _fixture.ValidateAsync(anna, "subscription/apple", new { receipt = _fixture.Transaction(id, new { expiresDate = _fixture.Days(30) }) });

        var status = await NotifyAsync(kind, subtype, null, Renewal(id, new { renewalDate = _fixture.Days(-3), gracePeriodExpiresDate = _fixture.Days(-2) }));

        Assert.Equal(HttpStatusCode.OK, status);
        var stored = await _fixture.Subscriptions.FindAsync(id, default);
        Assert.Equal((_fixture.Days(-2), false), (stored!.ExpiryTime.ToDateTimeOffset().ToUnixTimeMilliseconds(), stored.Active));
        if (type is null) Assert.DoesNotContain(Subscriptions, news => news.Subscription.OriginalTransactionId == id);
        else Assert.Equal(type, Single(id).Type);
    }

    [Fact]
    public async Task A_refund_is_stored_and_told()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var (bought, subscribed) = (Unique.Id(), Unique.Id());
        await _fixture.ValidateAsync(anna, "purchase/apple", new { receipt = _fixture.Transaction(bought) });
        await _fixture.ValidateAsync(anna, "subscription/apple", new { receipt = _fixture.Transaction(subscribed, new { expiresDate = _fixture.Days(30) }) });

        await NotifyAsync("REFUND", "", _fixture.Transaction(bought, new { type = "Consumable", revocationDate = _fixture.Days(-0.5) }));
        await NotifyAsync("REFUND", "", _fixture.Transaction(subscribed, new { expiresDate = _fixture.Days(30), revocationDate = _fixture.Days(-0.5) }));

        Assert.Equal(new DateTime(2029, 12, 31, 12, 0, 0, DateTimeKind.Utc), (await _fixture.Purchases.FindAsync(bought, default))!.RefundTime.ToDateTime());
        Assert.False((await _fixture.Subscriptions.FindAsync(subscribed, default))!.Active);
        var news = Assert.Single(Purchases, news => news.Purchase.TransactionId == bought);
        Assert.Equal((StoreNotificationType.Refunded, anna.UserId.ToString()), (news.Type, news.Purchase.UserId));
        Assert.Equal(StoreNotificationType.Refunded, Single(subscribed).Type);
    }

    [Fact]
    public async Task What_game_logic_makes_of_it_is_not_the_store_s_business()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();

        var status = await NotifyAsync("SUBSCRIBED", "", _fixture.Transaction(id, new { productId = "fails", appAccountToken = anna.UserId, expiresDate = 1 }));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(await _fixture.Subscriptions.FindAsync(id, default));
    }

    [Fact]
    public async Task What_apple_did_not_send_changes_nothing_and_what_means_nothing_is_taken()
    {
        var anna = await _fixture.Server.AuthenticateAsync();
        var id = Unique.Id();
        using var other = new AppleSigner();
        object Data(string bundle) => new
        {
            bundleId = bundle,
            signedTransactionInfo = _fixture.Transaction(id, new { appAccountToken = anna.UserId, expiresDate = _fixture.Days(1) }),
        };

        Assert.Equal(HttpStatusCode.InternalServerError, await _fixture.NotifyAsync(Path, new { signedPayload = other.Sign(new { notificationType = "SUBSCRIBED", data = Data(StandInStores.Bundle) }) }));
        Assert.Equal(HttpStatusCode.InternalServerError, await _fixture.NotifyAsync(Path, new { signedPayload = _fixture.Stores.Apple.Sign(new { notificationType = "SUBSCRIBED", data = Data("com.example.other") }) }));
        Assert.Equal(HttpStatusCode.InternalServerError, await _fixture.NotifyAsync(Path, new { }));
        Assert.Equal(HttpStatusCode.InternalServerError, await NotifyAsync("SUBSCRIBED", "", null));
        Assert.Equal(HttpStatusCode.InternalServerError, await NotifyAsync("EXPIRED", "", null));
        Assert.Equal(HttpStatusCode.OK, await NotifyAsync("TEST", "", null));
        Assert.Equal(HttpStatusCode.NotFound, await _fixture.NotifyAsync("apple/notifications/other", new { }));
        Assert.Null(await _fixture.Subscriptions.FindAsync(id, default));
    }

    private static SubscriptionNotification Single(string id) => Assert.Single(Subscriptions, news => news.Subscription.OriginalTransactionId == id);

    private string Renewal(string id, object more) => _fixture.Stores.Apple.SignJson(StoreFixture.Merge(new { originalTransactionId = id, productId = "coins", environment = "Sandbox" }, more));

    private Task<HttpStatusCode> NotifyAsync(string kind, string subtype, string? transaction, string? renewal = null, string path = Path) => _fixture.NotifyAsync(path, new
    {
        signedPayload = _fixture.Stores.Apple.Sign(new
        {
            notificationType = kind,
            subtype,
            data = new { bundleId = StandInStores.Bundle, signedTransactionInfo = transaction, signedRenewalInfo = renewal },
        }),
    });
}
