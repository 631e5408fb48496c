using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Purchases, subscriptions, and lists of matches and parties, as modules use them.</summary>
public sealed class StoresAndLists(CodeServer code) : IClassFixture<CodeServer>
{
    [Theory]
    [InlineData("purchase_validate_apple('bad', 'r')", "bad argument #1 to purchase_validate_apple (invalid user id)")]
    [InlineData("purchase_validate_apple(ID, '')", "bad argument #2 to purchase_validate_apple (expects receipt)")]
    [InlineData("purchase_validate_apple(ID, 'r')", "Apple IAP is not configured.")]
    [InlineData("purchase_validate_google(ID, 'r')", "Google IAP is not configured.")]
    [InlineData("purchase_validate_google(ID, 'r', true, 'a@b', 'key')", "error validating Google receipt: receipt is malformed")]
    [InlineData("purchase_validate_huawei(ID, 'r', 's')", "Huawei IAP is not configured.")]
    [InlineData("purchase_validate_huawei(ID, 'r', '')", "bad argument #3 to purchase_validate_huawei (expects receipt)")]
    [InlineData("purchase_validate_facebook_instant(ID, 'r')", "Facebook Instant IAP is not configured.")]
    [InlineData("subscription_validate_apple(ID, 'r')", "Apple IAP is not configured.")]
    [InlineData("subscription_validate_google(ID, 'r')", "Google IAP is not configured.")]
    [InlineData("purchase_get_by_transaction_id('none')", "error retrieving purchase: purchase not found")]
    [InlineData("subscription_get_by_product_id(ID, 'none')", "error retrieving subscription: subscription not found")]
    [InlineData("purchases_list('', 101)", "bad argument #2 to purchases_list (expects a limit 1-100)")]
    [InlineData("purchases_list('', 1, 'x')", "error retrieving purchases: purchases list cursor invalid")]
    [InlineData("subscriptions_list('', 1, 'x')", "error retrieving subscriptions: subscriptions list cursor invalid")]
    [InlineData("match_get('bad')", "failed to get match: match id invalid")]
    [InlineData("match_list(1, true)", "bad argument #3 to match_list (value expected)")]
    [InlineData("match_list(1, true, nil, nil, nil, '+label.a:')", "failed to list matches: syntax error")]
    [InlineData("party_list(0, nil, true)", "bad argument #1 to party_list (limit must be 1-100)")]
    [InlineData("party_list(1, nil, true, '', 'x')", "failed to list parties: invalid cursor")]
    public async Task What_is_wrong_is_told(string call, string message) =>
        Assert.Equal(message, await code.FailAsync("return nk." + call.Replace("ID", $"'{Guid.NewGuid()}'", StringComparison.Ordinal)));

    [Fact]
    public async Task Purchases_are_found_and_listed()
    {
        var player = await code.Server.Server.AuthenticateAsync();
        var id = Unique.Name();
        await code.RunAsync($$"""
            for i = 1, 2 do nk.sql_exec([[INSERT INTO purchase (transaction_id, user_id, product_id, store, purchase_time, raw_response, environment)
              VALUES ($1, $2, 'gold', 1, '2024-01-01T00:00:00Z', '{"a":1}', 2)]], { "{{id}}" .. i, "{{player.UserId}}" }) end
            return true
            """);

        Assert.Equal($$"""["{{player.UserId}}","gold","{{id}}1","GOOGLE_PLAY_STORE","PRODUCTION",1704067200,true]""", await code.RunAsync($$"""
            local p = nk.purchase_get_by_transaction_id("{{id}}1")
            return { p.user_id, p.product_id, p.transaction_id, p.store, p.environment, p.purchase_time, p.refund_time == nil }
            """));
        Assert.Equal("""[1,true,true,1,true]""", await code.RunAsync($$"""
            local page, cursor, prev = nk.purchases_list("{{player.UserId}}", 1)
            local rest, _, back = nk.purchases_list("{{player.UserId}}", 1, cursor)
            return { #page, cursor ~= nil, prev == nil, #rest, back ~= nil }
            """));
        Assert.Equal("[0,true]", await code.RunAsync($$"""local page, cursor = nk.subscriptions_list("{{player.UserId}}") return { #page, cursor == nil }"""));
    }

    [Fact]
    public async Task A_relayed_match_and_a_party_are_listed()
    {
        await using var socket = await code.Server.Server.OpenSocketAsync(await code.Server.Server.AuthenticateAsync());
        var match = (await socket.AskAsync("\"match_create\":{}")).GetProperty("match").GetProperty("match_id").GetString();
        var party = (await socket.AskAsync("""
            "party_create":{"open":true,"max_size":3,"label":"{\"k\":\"here\"}"}
            """)).GetProperty("party").GetProperty("party_id").GetString();

        Assert.Equal($$"""["{{match}}",1,false,true]""", await code.RunAsync($$"""
            local m = nk.match_get("{{match}}")
            local found = false
            for _, other in ipairs(nk.match_list(100, false, nil, nil, nil, nil)) do found = found or other.match_id == m.match_id end
            return { m.match_id, m.size, m.authoritative, found }
            """));
        Assert.Equal($$"""["{{party}}",true,3,"{\"k\":\"here\"}",1]""", await code.RunAsync("""
            local rows = nk.party_list(10, true, false, "+label.k:here")
            return { rows[1].match_id, rows[1].open, rows[1].maxSize, rows[1].label, #rows }
            """));
        Assert.Equal("true", await code.RunAsync($$"""return nk.match_get("00112233-4455-6677-8899-aabbccddeeff.") == nil"""));
    }
}
