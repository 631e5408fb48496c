using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>Subscriptions in the App Store and at Google Play.</summary>
public sealed class Subscribing(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private const string PurchaseReceipt = "Purchase Receipt. Use the appropriate function instead.";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_signed_subscription_is_active_until_it_ends_or_is_refunded()
    {
        var anna = await Server.AuthenticateAsync();
        var id = Unique.Id();

        var active = await AppleAsync(anna, fixture.Transaction(id, new { expiresDate = fixture.Days(30) }));
        var ended = await AppleAsync(anna, fixture.Transaction(id, new { expiresDate = fixture.Days(-0.5) }));
        var refunded = await AppleAsync(anna, fixture.Transaction(id, new { expiresDate = fixture.Days(30), revocationDate = fixture.Days(-0.5) }));

        Assert.Equal((id, "coins", anna.UserId.ToString()), (active.Text("original_transaction_id"), active.Text("product_id"), active.Text("user_id")));
        Assert.Equal("2030-01-31T00:00:00Z", active.Text("expiry_time"));
        Assert.True(active.GetProperty("active").GetBoolean());
        Assert.False(active.TryGetProperty("provider_response", out _));
        Assert.False(ended.TryGetProperty("active", out _));
        Assert.Equal("2029-12-31T12:00:00Z", refunded.Text("refund_time"));
        Assert.False(refunded.TryGetProperty("active", out _));
        Assert.Equal(active.Text("create_time"), refunded.Text("create_time"));
    }

    [Fact]
    public async Task The_first_owner_stays_and_is_shown()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var receipt = fixture.Transaction(Unique.Id(), new { expiresDate = fixture.Days(30) });

        await AppleAsync(anna, receipt);

        Assert.Equal(anna.UserId.ToString(), (await AppleAsync(ben, receipt)).Text("user_id"));
    }

    [Fact]
    public async Task An_older_receipt_answers_with_the_subscription_that_lasts_longest()
    {
        var anna = await Server.AuthenticateAsync();
        var (first, second, receipt) = (Unique.Id(), Unique.Id(), Unique.Id());
        fixture.Stores.Receipts[receipt] = $$"""
            {"status":0,"receipt":{"bundle_id":"{{StandInStores.Bundle}}"},"latest_receipt_info":[
                {{Entry(first, "1600000000000")}},{{Entry(second, "2500000000000")}},{{Entry(first, "1500000000000")}},{"transaction_id":"once","product_id":"coins"}]}
            """;

        var subscription = await AppleAsync(anna, receipt);

        Assert.Equal((second, "2049-03-22T04:26:40Z"), (subscription.Text("original_transaction_id"), subscription.Text("expiry_time")));
        Assert.Equal(JsonSerializer.Serialize(fixture.Stores.Receipts[receipt]), JsonSerializer.Serialize(JsonSerializer.Deserialize<string>(subscription.Text("provider_response"))));
        Assert.Equal("\"{}\"", subscription.Text("provider_notification"));
        Assert.Equal(new DateTime(2020, 9, 13, 12, 26, 40, DateTimeKind.Utc), (await fixture.Subscriptions.FindAsync(first, default))!.ExpiryTime.ToDateTime());
    }

    [Fact]
    public async Task What_is_no_subscription_is_refused()
    {
        var anna = await Server.AuthenticateAsync();
        var receipt = Unique.Id();
        fixture.Stores.Receipts[receipt] = $$"""{"status":0,"receipt":{"bundle_id":"{{StandInStores.Bundle}}"},"latest_receipt_info":[{"transaction_id":"once"}]}""";

        (await fixture.ValidateAsync(anna, "subscription/apple", new { receipt })).Refused(400, 9, PurchaseReceipt);
        (await fixture.ValidateAsync(anna, "subscription/apple", new { receipt = fixture.Transaction(Unique.Id()) })).Refused(400, 9, PurchaseReceipt);
        (await fixture.ValidateAsync(anna, "subscription/apple", new { receipt = "" })).Refused(400, 3, "Receipt cannot be empty.");
        (await fixture.ValidateAsync(anna, "subscription/google", new { receipt = "" })).Refused(400, 3, "Receipt cannot be empty.");
        (await fixture.ValidateAsync(anna, "subscription/apple", new { receipt = fixture.Transaction(Unique.Id(), new { originalTransactionId = "", expiresDate = fixture.Days(1) }) }))
            .Refused(400, 3, "receipt is malformed");
    }

    [Fact]
    public async Task Google_s_word_counts_for_product_and_end_and_a_replaced_token_names_the_subscription()
    {
        var anna = await Server.AuthenticateAsync();
        var (token, replaced) = (Unique.Id(), Unique.Id());
        fixture.Stores.Google[$"{StandInStores.Bundle}/purchases/subscriptionsv2/tokens/{token}"] = $$"""
            {"linkedPurchaseToken":"{{replaced}}","testPurchase":{},"lineItems":[{"productId":"basic","expiryTime":"2030-02-01T00:00:00.5Z"}]}
            """;
        var receipt = JsonSerializer.Serialize(new { packageName = StandInStores.Bundle, productId = "premium", purchaseToken = token, purchaseTime = 1500000000000 });

        var unstored = (await fixture.ValidateAsync(anna, "subscription/google", new { receipt, persist = false })).Ok().Body.GetProperty("validated_subscription");
        Assert.Null(await fixture.Subscriptions.FindAsync(replaced, default));
        var subscription = (await fixture.ValidateAsync(anna, "subscription/google", new { receipt })).Ok().Body.GetProperty("validated_subscription");

        Assert.Equal((replaced, "basic", 1), (subscription.Text("original_transaction_id"), subscription.Text("product_id"), subscription.GetProperty("environment").GetInt32()));
        Assert.Equal(("2017-07-14T02:40:00Z", "2030-02-01T00:00:00.500Z"), (subscription.Text("purchase_time"), subscription.Text("expiry_time")));
        Assert.True(subscription.GetProperty("active").GetBoolean());
        Assert.Equal(fixture.Stores.Google[$"{StandInStores.Bundle}/purchases/subscriptionsv2/tokens/{token}"], unstored.Text("provider_response"));
        Assert.False(unstored.TryGetProperty("create_time", out _));
    }

    [Fact]
    public async Task Subscriptions_are_listed_page_by_page_and_found_by_product()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        for (var n = 0; n < 5; n++)
        {
            // The middle ones at one moment.
            var bought = fixture.Days(n is 0 ? -3 : n is 4 ? -1 : -2);
            await AppleAsync(anna, fixture.Transaction(Unique.Id(), new { productId = $"s{n}", originalPurchaseDate = bought, expiresDate = fixture.Days(1) }));
        }

        var all = await ListAsync(anna, new { });
        var first = await ListAsync(anna, new { limit = 2 });
        var second = await ListAsync(anna, new { limit = 2, cursor = first.Text("cursor") });
        var third = await ListAsync(anna, new { limit = 2, cursor = second.Text("cursor") });
        var back = await ListAsync(anna, new { limit = 2, cursor = third.Text("prev_cursor") });

        Assert.Equal(Products(all), Products(first).Concat(Products(second)).Concat(Products(third)));
        Assert.Equal(("s4", "s0", 5), (Products(all)[0], Products(all)[4], Products(all).Distinct().Count()));
        Assert.Equal(Products(second), Products(back));
        Assert.False(third.TryGetProperty("cursor", out _));
        Assert.False(first.TryGetProperty("prev_cursor", out _));
        (await Server.AsAsync(ben.Token, "POST /v2/iap/subscription", new { cursor = first.Text("cursor") })).Refused(400, 3, "subscriptions list cursor invalid");
        (await Server.AsAsync(anna.Token, "POST /v2/iap/subscription", new { cursor = "bad" })).Refused(400, 3, "subscriptions list cursor invalid");
        (await Server.AsAsync(anna.Token, "POST /v2/iap/subscription", new { limit = 101 })).Refused(400, 3, "Invalid limit - limit must be between 1 and 1000.");
        (await Server.AsAsync(anna.Token, "POST /v2/iap/subscription", new { limit = 0 })).Refused(400, 3, "Invalid limit - limit must be between 1 and 1000.");
        Assert.Equal("s1", (await Server.AsAsync(anna.Token, "GET /v2/iap/subscription/s1")).Ok().Text("product_id"));
        (await Server.AsAsync(ben.Token, "GET /v2/iap/subscription/s1")).Refused(404, 5, "subscription not found");
    }

    private async Task<JsonElement> AppleAsync(TestPlayer player, string receipt) =>
        (await fixture.ValidateAsync(player, "subscription/apple", new { receipt })).Ok().Body.GetProperty("validated_subscription");

    private async Task<JsonElement> ListAsync(TestPlayer player, object body) => (await Server.AsAsync(player.Token, "POST /v2/iap/subscription", body)).Ok().Body;

    private static string[] Products(JsonElement list) => [.. list.GetProperty("validated_subscriptions").EnumerateArray().Select(item => item.Text("product_id"))];

    private static string Entry(string id, string expiry) =>
        $$"""{"transaction_id":"{{Unique.Id()}}","original_transaction_id":"{{id}}","product_id":"vip","original_purchase_date_ms":"1400000000000","expires_date_ms":"{{expiry}}"}""";
}
