using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>Purchases at Huawei's, Samsung's and Facebook's stores, and stores that are not set up.</summary>
public sealed class OtherStores(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData(0, "orders", 0, 1)]
    [InlineData(1, "touch", 1, 2)]
    public async Task Huawei_is_asked_where_the_order_is(int accountFlag, string host, int purchaseType, int environment)
    {
        var anna = await Server.AuthenticateAsync();
        var token = Unique.Id();
        var data = JsonSerializer.Serialize(new { purchaseToken = token, productId = "coins", purchaseTime = 1500000000000, purchaseType });
        fixture.Stores.Huawei[$"{host} {token}"] = JsonSerializer.Serialize(new { responseCode = "0", purchaseTokenData = data });
        var purchase = JsonSerializer.Serialize(new { purchaseToken = token, productId = "coins", accountFlag });

        var answer = await fixture.ValidateAsync(anna, "purchase/huawei", new { purchase, signature = fixture.Stores.SignHuawei(purchase) });

        var validated = Only(answer);
        Assert.Equal((token, "coins", 2), (validated.Text("transaction_id"), validated.Text("product_id"), validated.GetProperty("store").GetInt32()));
        Assert.Equal(("2017-07-14T02:40:00Z", environment), (validated.Text("purchase_time"), validated.GetProperty("environment").GetInt32()));
        Assert.NotNull(await fixture.Purchases.FindAsync(token, default));
    }

    [Fact]
    public async Task Huawei_s_refusals_and_wrong_signatures_change_nothing()
    {
        var anna = await Server.AuthenticateAsync();
        var token = Unique.Id();
        var purchase = JsonSerializer.Serialize(new { purchaseToken = token, productId = "coins" });
        var signature = fixture.Stores.SignHuawei(purchase);

        (await HuaweiAsync(anna, purchase, signature)).Refused(400, 9, "Invalid Receipt. Code: 8");
        (await HuaweiAsync(anna, purchase + " ", signature)).Refused(400, 3, "inAppPurchaseData invalid signature");
        (await HuaweiAsync(anna, purchase, "bad")).Refused(400, 3, "inAppPurchaseData invalid signature");
        (await HuaweiAsync(anna, "", signature)).Refused(400, 3, "Purchase cannot be empty.");
        (await HuaweiAsync(anna, purchase, "")).Refused(400, 3, "Signature cannot be empty.");
        Assert.Null(await fixture.Purchases.FindAsync(token, default));
    }

    [Fact]
    public async Task Samsung_knows_a_purchase_by_its_id()
    {
        var anna = await Server.AuthenticateAsync();
        var id = Unique.Id();
        fixture.Stores.Samsung[id] = $$"""{"itemId":"coins","packageName":"{{StandInStores.Bundle}}","status":"success","mode":"TEST","purchaseDate":"2017-07-14 02:40:00"}""";

        var validated = Only(await fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = id }));

        Assert.Equal((id, "coins", 4), (validated.Text("transaction_id"), validated.Text("product_id"), validated.GetProperty("store").GetInt32()));
        Assert.Equal(("2017-07-14T02:40:00Z", 1), (validated.Text("purchase_time"), validated.GetProperty("environment").GetInt32()));
    }

    [Theory]
    [InlineData("""{"itemId":"coins","packageName":"com.example.other","status":"success"}""")]
    [InlineData("""{"itemId":"coins","packageName":"com.example.game","status":"cancel"}""")]
    [InlineData("""{"packageName":"com.example.game","status":"success"}""")]
    public async Task What_samsung_does_not_confirm_for_this_app_changes_nothing(string said)
    {
        var anna = await Server.AuthenticateAsync();
        var id = Unique.Id();
        fixture.Stores.Samsung[id] = said;

        (await fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = id }))
            .Refused(500, 2, $"non-200 response from Samsung service, status=200, payload={said}");
        (await fixture.ValidateAsync(anna, "purchase/samsung", new { purchase_id = "" })).Refused(400, 3, "Purchase ID cannot be empty.");
        Assert.Null(await fixture.Purchases.FindAsync(id, default));
    }

    [Fact]
    public async Task An_instant_game_s_purchase_is_signed_with_the_app_s_secret()
    {
        var anna = await Server.AuthenticateAsync();
        var token = Unique.Id();
        var payload = JsonSerializer.Serialize(new { algorithm = "HMAC-SHA256", purchase_token = token, product_id = "coins", purchase_time = 1500000000 });

        var validated = Only(await FacebookAsync(anna, Signed(payload, StandInStores.AppSecret)));

        Assert.Equal((token, "coins", 3), (validated.Text("transaction_id"), validated.Text("product_id"), validated.GetProperty("store").GetInt32()));
        Assert.Equal(("2017-07-14T02:40:00Z", 2, payload), (validated.Text("purchase_time"), validated.GetProperty("environment").GetInt32(), validated.Text("provider_response")));
    }

    [Fact]
    public async Task Other_requests_of_instant_games_are_refused()
    {
        var anna = await Server.AuthenticateAsync();

        (await FacebookAsync(anna, Signed("""{"purchase_token":"t"}""", "other"))).Refused(400, 3, "signedRequest verification failed");
        (await FacebookAsync(anna, "a.b.c")).Refused(400, 3, "invalid signedRequest format");
        (await FacebookAsync(anna, "!.b")).Refused(400, 3, "error decoding signedRequest first part: illegal base64 data");
        (await FacebookAsync(anna, Signed("[]", StandInStores.AppSecret))).Refused(400, 3, "error parsing JSON payload: no object");
        (await FacebookAsync(anna, "")).Refused(400, 3, "SignedRequest cannot be empty.");
        (await FacebookAsync(anna, Signed("{}", StandInStores.AppSecret))).Refused(400, 3, "receipt is malformed");
        Assert.Null(await fixture.Purchases.FindAsync("t", default));
    }

    [Fact]
    public async Task A_store_that_is_not_set_up_sells_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var anna = await server.AuthenticateAsync();

        foreach (var (path, store) in new[]
        {
            ("purchase/google", "Google"), ("purchase/huawei", "Huawei"), ("purchase/facebookinstant", "Facebook Instant"),
            ("subscription/apple", "Apple"), ("subscription/google", "Google"),
        })
        {
            (await server.AsAsync(anna.Token, $"POST /v2/iap/{path}", new { })).Refused(400, 9, $"{store} IAP is not configured.");
        }

        (await server.AsAsync(anna.Token, "POST /v2/iap/purchase/apple", new { receipt = "older" })).Refused(400, 9, "Apple IAP is not configured.");
        (await server.AsAsync(anna.Token, "POST /v2/iap/purchase/apple", new { })).Refused(400, 3, "Receipt cannot be empty.");
    }

    private Task<ApiAnswer> HuaweiAsync(TestPlayer player, string purchase, string signature) =>
        fixture.ValidateAsync(player, "purchase/huawei", new { purchase, signature });

    private Task<ApiAnswer> FacebookAsync(TestPlayer player, string signedRequest) =>
        fixture.ValidateAsync(player, "purchase/facebookinstant", new { signed_request = signedRequest });

    private static string Signed(string payload, string secret)
    {
        var text = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload));
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text))) + "." + text;
    }

    private static JsonElement Only(ApiAnswer answer) => Assert.Single(answer.Ok().Body.GetProperty("validated_purchases").EnumerateArray());
}
