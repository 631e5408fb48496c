using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>Purchases at Google Play.</summary>
public sealed class GooglePurchases(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private const string Path = "purchase/google";
    private const string Real = """{"kind":"androidpublisher#productPurchase","purchaseTimeMillis":"1500000000000","purchaseState":0,"consumptionState":0,"orderId":"GPA.1"}""";

    private TestServer Server => fixture.Server;

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task A_purchase_is_stored_with_what_google_says(bool isTest, int environment)
    {
        var anna = await Server.AuthenticateAsync();
        var token = Sell(isTest ? Real.Replace("\"orderId\"", "\"purchaseType\":0,\"orderId\"", StringComparison.Ordinal) : Real);

        var purchase = Assert.Single((await fixture.ValidateAsync(anna, Path, new { purchase = Receipt(token) })).Ok().Body.GetProperty("validated_purchases").EnumerateArray());

        Assert.Equal((token, "coins", 1), (purchase.Text("transaction_id"), purchase.Text("product_id"), purchase.GetProperty("store").GetInt32()));
        Assert.Equal("2017-07-14T02:40:00Z", purchase.Text("purchase_time"));
        Assert.Equal(environment, purchase.GetProperty("environment").GetInt32());
        Assert.Equal(fixture.Stores.Google[Place(token)], purchase.Text("provider_response"));
        Assert.Equal(anna.UserId.ToString(), (await fixture.Purchases.FindAsync(token, default))!.UserId);
    }

    [Fact]
    public async Task A_receipt_may_come_in_a_wrapper()
    {
        var anna = await Server.AuthenticateAsync();
        var token = Sell(Real);

        (await fixture.ValidateAsync(anna, Path, new { purchase = JsonSerializer.Serialize(new { json = Receipt(token), signature = "s" }) })).Ok();
    }

    [Fact]
    public async Task A_token_that_google_takes_back_is_replaced_at_the_next_request()
    {
        var anna = await Server.AuthenticateAsync();
        var token = Sell(Real);
        (await fixture.ValidateAsync(anna, Path, new { purchase = Receipt(token) })).Ok();
        fixture.Stores.RevokeGoogleToken();

        (await fixture.ValidateAsync(anna, Path, new { purchase = Receipt(token) })).Refused(500, 2, "non-200 response from Google service, status=401, payload=");
        (await fixture.ValidateAsync(anna, Path, new { purchase = Receipt(token) })).Ok();
    }

    [Fact]
    public async Task One_token_of_google_serves_for_almost_an_hour()
    {
        await using var stores = await StandInStores.StartAsync();
        var clock = new TestTimeProvider();
        await using var server = await TestServer.StartAsync(stores.Configure, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var anna = await server.AuthenticateAsync();
        stores.Google[Place("t")] = Real;
        Task<ApiAnswer> Validate(string token) => server.AsAsync(token, "POST /v2/iap/purchase/google", new { purchase = Receipt("t") });

        for (var n = 0; n < 3; n++) (await Validate(anna.Token)).Ok();
        var before = stores.GoogleTokenCount;
        clock.Advance(TimeSpan.FromMinutes(56));
        (await Validate((await server.AuthenticateAsync()).Token)).Ok();

        Assert.Equal((1, 2), (before, stores.GoogleTokenCount));
    }

    [Theory]
    [InlineData("receipt", 400, 9, "Invalid Receipt. State: 1")]
    [InlineData("google", 400, 9, "Invalid Receipt. State: 2")]
    [InlineData("package", 500, 2, """non-200 response from Google service, status=404, payload={"error":"unknown"}""")]
    [InlineData("token", 500, 2, """non-200 response from Google service, status=404, payload={"error":"unknown"}""")]
    [InlineData("climb", 400, 3, "receipt is malformed")]
    [InlineData("no json", 400, 3, "receipt is malformed")]
    [InlineData("no package", 400, 3, "receipt is malformed")]
    [InlineData("nothing", 400, 3, "Purchase cannot be empty.")]
    public async Task What_google_does_not_confirm_is_refused_and_changes_nothing(string fault, int status, int code, string text)
    {
        var anna = await Server.AuthenticateAsync();
        var token = fault == "token" ? Unique.Id() : Sell(fault == "google" ? Real.Replace("\"purchaseState\":0", "\"purchaseState\":2", StringComparison.Ordinal) : Real);

        var answer = await fixture.ValidateAsync(anna, Path, new
        {
            purchase = fault switch
            {
                "receipt" => Receipt(token, state: 1),
                "package" => Receipt(token, package: "com.example.other"),
                "climb" => Receipt(token, package: ".."),
                "no json" => "{",
                "no package" => "{}",
                "nothing" => "",
                _ => Receipt(token),
            },
        });

        answer.Refused(status, code, text);
        Assert.Null(await fixture.Purchases.FindAsync(token, default));
    }

    private string Sell(string answer)
    {
        var token = Unique.Id();
        fixture.Stores.Google[Place(token)] = answer;
        return token;
    }

    private static string Place(string token) => $"{StandInStores.Bundle}/purchases/products/coins/tokens/{token}";

    private static string Receipt(string token, string package = StandInStores.Bundle, int state = 0) => JsonSerializer.Serialize(
        new { orderId = "GPA.1", packageName = package, productId = "coins", purchaseState = state, purchaseTime = 1500000000000, purchaseToken = token });
}
