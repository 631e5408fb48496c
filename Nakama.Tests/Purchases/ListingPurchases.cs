using Nakama.Protocol.Api;
using Nakama.Server.Errors;
using Nakama.Server.Purchases;
using Nakama.Tests.Chat;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.Purchases;

/// <summary>Purchases as game logic and operators see them.</summary>
public sealed class ListingPurchases(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task Pages_go_forth_and_back_newest_first()
    {
        var anna = await Server.AuthenticateAsync();
        for (var n = 0; n < 7; n++) await BuyAsync(anna, $"p{n}", -10 + (n / 2));
        var query = new PurchaseQuery(3) { UserId = anna.UserId };

        var first = await fixture.Purchases.ListAsync(query, default);
        var second = await fixture.Purchases.ListAsync(query with { Cursor = first.Cursor }, default);
        var third = await fixture.Purchases.ListAsync(query with { Cursor = second.Cursor }, default);
        var back = await fixture.Purchases.ListAsync(query with { Cursor = third.PrevCursor }, default);
        var all = await fixture.Purchases.ListAsync(query with { Limit = 100 }, default);

        Assert.Equal(Products(all), Products(first).Concat(Products(second)).Concat(Products(third)));
        Assert.Equal(["p0", "p1", "p2", "p3", "p4", "p5", "p6"], Products(all).Order());
        Assert.Equal(Products(second), Products(back));
        Assert.Equal(("", ""), (third.Cursor, first.PrevCursor));
    }

    [Fact]
    public async Task Times_stay_with_the_cursor_and_a_cursor_with_its_list()
    {
        var (anna, ben) = (await Server.AuthenticateAsync(), await Server.AuthenticateAsync());
        for (var n = 0; n < 4; n++) await BuyAsync(anna, $"p{n}", -10 + n);
        var query = new PurchaseQuery(1) { UserId = anna.UserId, After = At(-9), Before = At(-8) };

        var first = await fixture.Purchases.ListAsync(query, default);
        var second = await fixture.Purchases.ListAsync(query with { Cursor = first.Cursor }, default);

        Assert.Equal(["p2", "p1"], Products(first).Concat(Products(second)));
        Assert.Equal("", second.Cursor);
        foreach (var other in new[] { query with { UserId = ben.UserId }, query with { After = null }, query with { Before = At(-7) } })
        {
            var error = await Assert.ThrowsAsync<ApiException>(async () => await fixture.Purchases.ListAsync(other with { Cursor = first.Cursor }, default));
            Assert.Equal("purchases list cursor invalid", error.Message);
        }
    }

    [Fact]
    public async Task Operators_find_purchases_and_subscriptions()
    {
        var anna = await Server.AuthenticateAsync();
        var id = await BuyAsync(anna, "coins", -1);
        var receipt = fixture.Transaction(id, new { expiresDate = fixture.Days(1) });
        await fixture.ValidateAsync(anna, "subscription/apple", new { receipt });
        using var admin = ConsoleCaller.Basic(Server, "admin", "password");

        foreach (var (path, one, list, name) in new[]
        {
            ("purchase", "iap/purchase", "validated_purchases", "transaction_id"),
            ("subscription", "iap/subscription", "validated_subscriptions", "original_transaction_id"),
        })
        {
            var byUser = (await admin.GetAsync($"/v2/console/{path}?limit=10&user_id={anna.UserId}")).Body.GetProperty(list);
            var byFilter = (await admin.GetAsync($"/v2/console/{path}?filter={id}")).Body.GetProperty(list);
            Assert.Equal(id, Assert.Single(byUser.EnumerateArray()).Text(name));
            Assert.Equal(id, Assert.Single(byFilter.EnumerateArray()).Text(name));
            Assert.Empty((await admin.GetAsync($"/v2/console/{path}?filter=never")).Body.GetProperty(list).EnumerateArray());
            Assert.Equal(id, (await admin.GetAsync($"/v2/console/{one}/{id}")).Body.Text(name));
            Assert.Equal("expects a limit value between 1 and 100", (await admin.GetAsync($"/v2/console/{path}")).Body.Text("message"));
            Assert.Equal("expects a valid user ID filter", (await admin.GetAsync($"/v2/console/{path}?limit=1&user_id=bad")).Body.Text("message"));
        }

        Assert.Equal("Purchase not found", (await admin.GetAsync("/v2/console/iap/purchase/never")).Body.Text("message"));
        Assert.Equal("subscription not found", (await admin.GetAsync("/v2/console/iap/subscription/never")).Body.Text("message"));
    }

    private async Task<string> BuyAsync(TestPlayer player, string productId, int days)
    {
        var id = Unique.Id();
        (await fixture.ValidateAsync(player, "purchase/apple", new { receipt = fixture.Transaction(id, new { productId, purchaseDate = fixture.Days(days) }) })).Ok();
        return id;
    }

    private DateTime At(int days) => DateTime.UnixEpoch.AddMilliseconds(fixture.Days(days));

    private static string[] Products(PurchaseList list) => [.. list.ValidatedPurchases.Select(purchase => purchase.ProductId)];
}
