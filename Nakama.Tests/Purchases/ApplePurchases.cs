using System.Security.Cryptography;
using System.Text.Json;
using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;
using AppleRoot = Nakama.Server.Purchases.Stores.AppleRoot;
using AppleSignedData = Nakama.Server.Purchases.Stores.AppleSignedData;

namespace Nakama.Tests.Purchases;

/// <summary>Purchases in the App Store, by signed transactions and by the older receipts.</summary>
public sealed class ApplePurchases(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private const string Path = "purchase/apple";
    private const string SubscriptionReceipt = "Subscription Receipt. Use the appropriate function instead.";

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_signed_transaction_is_stored_once_with_what_apple_says()
    {
        var anna = await Server.AuthenticateAsync();
        var (id, receipt) = NewReceipt();

        var purchase = Only(await fixture.ValidateAsync(anna, Path, new { receipt }));
        var stored = await fixture.Purchases.FindAsync(id, default);

        Assert.Equal((anna.UserId.ToString(), "coins", id), (purchase.Text("user_id"), purchase.Text("product_id"), purchase.Text("transaction_id")));
        Assert.Equal(1, purchase.GetProperty("environment").GetInt32());
        Assert.Equal("2029-12-31T00:00:00Z", purchase.Text("purchase_time"));
        Assert.False(purchase.TryGetProperty("provider_response", out _));
        Assert.False(purchase.TryGetProperty("seen_before", out _));
        Assert.False(purchase.TryGetProperty("refund_time", out _));
        Assert.Equal($$"""{"jws": "{{receipt}}"}""", stored!.ProviderResponse);
        Assert.Equal((anna.UserId.ToString(), StoreProvider.AppleAppStore, StoreEnvironment.Sandbox), (stored.UserId, stored.Store, stored.Environment));
    }

    [Fact]
    public async Task Without_persist_nothing_is_stored()
    {
        var anna = await Server.AuthenticateAsync();
        var (id, receipt) = NewReceipt();

        var purchase = Only(await fixture.ValidateAsync(anna, Path, new { receipt, persist = false }));

        Assert.Equal(anna.UserId.ToString(), purchase.Text("user_id"));
        Assert.False(purchase.TryGetProperty("create_time", out _));
        Assert.Null(await fixture.Purchases.FindAsync(id, default));
    }

    [Fact]
    public async Task A_refund_is_remembered_when_an_older_receipt_comes_again()
    {
        var anna = await Server.AuthenticateAsync();
        var (id, receipt) = NewReceipt();
        var refunded = fixture.Transaction(id, new { revocationDate = fixture.Days(-0.5) });

        Only(await fixture.ValidateAsync(anna, Path, new { receipt }));
        var second = Only(await fixture.ValidateAsync(anna, Path, new { receipt = refunded }));
        Only(await fixture.ValidateAsync(anna, Path, new { receipt }));

        Assert.Equal("2029-12-31T12:00:00Z", second.Text("refund_time"));
        Assert.Equal(new DateTime(2029, 12, 31, 12, 0, 0, DateTimeKind.Utc), (await fixture.Purchases.FindAsync(id, default))!.RefundTime.ToDateTime());
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "changed", "signed receipt is invalid: its signature is wrong" },
        { "foreign root", "signed receipt is invalid: its certificates do not lead to the root" },
        { "borrowed root", "signed receipt is invalid: its certificates do not lead to the root" },
        { "algorithm", "signed receipt is invalid: its algorithm is not ES256" },
        { "dots", "signed receipt is invalid: it is not in base64" },
        { "empty", "signed receipt is invalid: it holds no JSON" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_apple_has_not_signed_is_refused_and_changes_nothing(string forgery, string text)
    {
        var anna = await Server.AuthenticateAsync();
        var (id, receipt) = NewReceipt();
        using var other = new AppleSigner(root: forgery == "borrowed root" ? fixture.Stores.Apple.Root : null);
        var payload = JsonSerializer.Serialize(new { transactionId = id, productId = "coins", bundleId = StandInStores.Bundle, purchaseDate = 1 });
        var parts = receipt.Split('.');

        var answer = await fixture.ValidateAsync(anna, Path, new
        {
            receipt = forgery switch
            {
                "changed" => $"{parts[0]}.{other.SignJson(payload).Split('.')[1]}.{parts[2]}",
                "algorithm" => fixture.Stores.Apple.SignJson(payload, "none"),
                "dots" => "!.!.!",
                "empty" => "..",
                _ => other.SignJson(payload),
            },
        });

        answer.Refused(400, 3, text);
        Assert.Null(await fixture.Purchases.FindAsync(id, default));
    }

    [Theory]
    [InlineData(true, 1, true)]
    [InlineData(false, 1, false)]
    [InlineData(true, -1, false)]
    public void Only_marked_certificates_in_their_time_lead_to_the_root(bool isMarked, int daysLeft, bool isBelieved)
    {
        using var signer = new AppleSigner(fixture.Clock.GetUtcNow().AddDays(daysLeft), isMarked);
        var file = System.IO.Path.GetTempFileName();
        File.WriteAllText(file, signer.Root.ExportCertificatePem());
        using var signed = new AppleSignedData(new() { Apple = new() { RootCertificate = file } }, fixture.Clock);
        File.Delete(file);
        var receipt = signer.Sign(new { transactionId = "t" });

        if (isBelieved) Assert.Equal("t", signed.Open(receipt).Text("transactionId"));
        else Assert.Equal("signed receipt is invalid: its certificates do not lead to the root", Assert.Throws<ApiException>(() => signed.Open(receipt)).Message);
    }

    [Fact]
    public void The_built_in_root_is_apple_s()
    {
        using var root = AppleRoot.Load("");

        Assert.Equal("63343ABFB89A6A03EBB57E9B3F5FA7BE7C4F5C756F3017B3A8C488C3653E9179", root.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task A_receipt_of_another_app_and_a_subscription_are_refused()
    {
        var anna = await Server.AuthenticateAsync();
        var id = Unique.Id();

        (await fixture.ValidateAsync(anna, Path, new { receipt = fixture.Transaction(id, new { bundleId = "com.example.other" }) }))
            .Refused(400, 9, "Invalid Receipt. Bundle: com.example.other");
        (await fixture.ValidateAsync(anna, Path, new { receipt = fixture.Transaction(id, new { expiresDate = fixture.Days(1) }) }))
            .Refused(400, 9, SubscriptionReceipt);
        (await fixture.ValidateAsync(anna, Path, new { receipt = "" })).Refused(400, 3, "Receipt cannot be empty.");

        Assert.Null(await fixture.Purchases.FindAsync(id, default));
    }

    [Fact]
    public async Task An_id_that_cannot_be_stored_makes_a_receipt_malformed()
    {
        var anna = await Server.AuthenticateAsync();

        (await fixture.ValidateAsync(anna, Path, new { receipt = fixture.Transaction("") })).Refused(400, 3, "receipt is malformed");
        (await fixture.ValidateAsync(anna, Path, new { receipt = fixture.Transaction(new string('x', 513)) })).Refused(400, 3, "receipt is malformed");
    }

    [Fact]
    public async Task An_older_receipt_lists_each_purchase_once_and_leaves_subscriptions_out()
    {
        var anna = await Server.AuthenticateAsync();
        var (first, second) = (Unique.Id(), Unique.Id());
        var receipt = Unique.Id();
        fixture.Stores.Receipts[receipt] = $$"""
            {"status":0,"environment":"Production","receipt":{"bundle_id":"{{StandInStores.Bundle}}","in_app":[
                {"transaction_id":"{{first}}","product_id":"coins","purchase_date_ms":"1500000000000"},
                {"transaction_id":"sub","product_id":"vip","purchase_date_ms":"1500000000000","expires_date_ms":"1600000000000"},
                {"transaction_id":"{{second}}","product_id":"gems","purchase_date_ms":"1500000001000"}]},
             "latest_receipt_info":[{"transaction_id":"{{first}}","product_id":"coins","purchase_date_ms":"1500000000000"}]}
            """;

        var purchases = (await fixture.ValidateAsync(anna, Path, new { receipt })).Ok().Body.GetProperty("validated_purchases").EnumerateArray().ToList();

        Assert.Equal([first, second], purchases.Select(purchase => purchase.GetProperty("transaction_id").GetString()));
        Assert.Equal("2017-07-14T02:40:00Z", purchases[0].GetProperty("purchase_time").GetString());
        Assert.All(purchases, purchase => Assert.Equal(2, purchase.GetProperty("environment").GetInt32()));
        Assert.Equal(fixture.Stores.Receipts[receipt], purchases[0].GetProperty("provider_response").GetString());
    }

    [Fact]
    public async Task A_test_s_receipt_is_taken_to_the_sandbox()
    {
        var anna = await Server.AuthenticateAsync();
        var (id, receipt) = (Unique.Id(), Unique.Id());
        fixture.Stores.Receipts[receipt] = """{"status":21007}""";
        fixture.Stores.SandboxReceipts[receipt] = $$$"""
            {"status":0,"environment":"Sandbox","receipt":{"bundle_id":"{{{StandInStores.Bundle}}}","in_app":[{"transaction_id":"{{{id}}}","product_id":"coins","purchase_date_ms":"1"}]}}
            """;

        var purchase = Only(await fixture.ValidateAsync(anna, Path, new { receipt }));

        Assert.Equal((id, 1), (purchase.Text("transaction_id"), purchase.GetProperty("environment").GetInt32()));
    }

    [Theory]
    [InlineData("""{"status":21010}""", 400, 9, "Invalid Receipt. Status: 21010")]
    [InlineData("""{"status":21100,"is-retryable":true}""", 503, 14, "Apple IAP verification is currently unavailable. Try again later.")]
    [InlineData("""{"status":21100,"is-retryable":"0"}""", 400, 9, "Invalid Receipt. Status: 21100")]
    [InlineData("""{"status":0,"receipt":{"bundle_id":"com.example.other","in_app":[]}}""", 400, 9, "Invalid Receipt. Bundle: com.example.other")]
    [InlineData("""{"status":0,"receipt":{"bundle_id":"com.example.game"},"latest_receipt_info":[{"transaction_id":"s","expires_date_ms":"1"}]}""", 400, 9, SubscriptionReceipt)]
    [InlineData("""{"status":0,"receipt":{"bundle_id":"com.example.game"}}""", 400, 3, "expects at least one receipt")]
    [InlineData("<html>", 500, 2, "no JSON from Apple service")]
    public async Task Apple_s_refusals_reach_the_client(string answer, int status, int code, string text)
    {
        var anna = await Server.AuthenticateAsync();
        var receipt = Unique.Id();
        fixture.Stores.Receipts[receipt] = answer;

        (await fixture.ValidateAsync(anna, Path, new { receipt })).Refused(status, code, text);
    }

    private (string Id, string Receipt) NewReceipt()
    {
        var id = Unique.Id();
        return (id, fixture.Transaction(id));
    }

    private static JsonElement Only(ApiAnswer answer) => Assert.Single(answer.Ok().Body.GetProperty("validated_purchases").EnumerateArray());
}
