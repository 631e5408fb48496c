using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.Chat;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>The same receipt again, at once and by others.</summary>
public sealed class ReplayedReceipts(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private const int Rounds = 10;
    private const int AtOnce = 20;

    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Of_the_same_receipt_at_once_exactly_one_is_new()
    {
        var anna = await Server.AuthenticateAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var receipt = fixture.Transaction(Unique.Id());

            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => fixture.ValidateAsync(anna, "purchase/apple", new { receipt })));

            var purchases = answers.Select(Only).ToList();
            Assert.Single(purchases, purchase => !purchase.TryGetProperty("seen_before", out _));
            Assert.All(purchases, purchase => Assert.Equal(anna.UserId.ToString(), purchase.Text("user_id")));
            Assert.Single(purchases.Select(purchase => purchase.Text("create_time")).Distinct());
        }
    }

    [Fact]
    public async Task Lists_of_the_same_purchases_at_once_are_new_once_each()
    {
        var anna = await Server.AuthenticateAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (receipt, backwards) = (Unique.Id(), Unique.Id());
            var entries = Enumerable.Range(0, 8).Select(_ => $$"""{"transaction_id":"{{Unique.Id()}}","product_id":"coins","purchase_date_ms":"1"}""").ToList();
            fixture.Stores.Receipts[receipt] = Listing(entries);
            fixture.Stores.Receipts[backwards] = Listing(Enumerable.Reverse(entries));

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
                fixture.ValidateAsync(anna, "purchase/apple", new { receipt = n % 2 == 0 ? receipt : backwards })));

            var purchases = answers.SelectMany(answer => answer.Ok().Body.GetProperty("validated_purchases").EnumerateArray()).ToList();
            Assert.Equal((64, 8), (purchases.Count, purchases.Count(purchase => !purchase.TryGetProperty("seen_before", out _))));
        }
    }

    [Fact]
    public async Task Another_s_receipt_stays_the_other_s()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = Unique.Id();
        var receipt = fixture.Transaction(id);

        Only(await fixture.ValidateAsync(anna, "purchase/apple", new { receipt }));
        var replayed = Only(await fixture.ValidateAsync(ben, "purchase/apple", new { receipt }));

        Assert.True(replayed.GetProperty("seen_before").GetBoolean());
        Assert.Equal(ben.UserId.ToString(), replayed.Text("user_id"));
        Assert.Equal(anna.UserId.ToString(), (await fixture.Purchases.FindAsync(id, default))!.UserId);
        Assert.Empty((await fixture.Purchases.ListAsync(new(10) { UserId = ben.UserId }, default)).ValidatedPurchases);
    }

    [Fact]
    public async Task A_purchase_outlives_the_account_without_an_owner()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        var id = Unique.Id();
        var receipt = fixture.Transaction(id);
        Only(await fixture.ValidateAsync(anna, "purchase/apple", new { receipt }));

        (await Server.AsAsync(anna.Token, "DELETE /v2/account")).Ok();

        Assert.Equal("", (await fixture.Purchases.FindAsync(id, default))!.UserId);
        Assert.True(Only(await fixture.ValidateAsync(ben, "purchase/apple", new { receipt })).GetProperty("seen_before").GetBoolean());
    }

    private static string Listing(IEnumerable<string> entries) =>
        $$$"""{"status":0,"receipt":{"bundle_id":"{{{StandInStores.Bundle}}}","in_app":[{{{string.Join(',', entries)}}}]}}""";

    private static JsonElement Only(ApiAnswer answer) => Assert.Single(answer.Ok().Body.GetProperty("validated_purchases").EnumerateArray());
}
