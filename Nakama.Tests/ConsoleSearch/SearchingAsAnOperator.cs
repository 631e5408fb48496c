using System.Net;
using System.Text.Json;
using Nakama.Tests.Authentication;
using Nakama.Tests.ConsoleApi;
using Nakama.Tests.TestHost;

namespace Nakama.Tests.ConsoleSearch;

public sealed class SearchingAsAnOperator(SearchNode node) : IClassFixture<SearchNode>
{
    [Fact]
    public async Task Players_groups_and_objects_are_found_by_their_words()
    {
        var word = Unique.Name("w");
        var player = await node.Server.AuthenticateAsync($"{word}-rider");
        (await node.Server.AsAsync(player.Token, "POST /v2/group", new { name = $"Guild {word}", description = "Hunters of the north" })).Ok();
        await node.WriteAsync(player, "saves", $"{word}_slot", """{"hero": {"title": "the brave", "level": 7}}""");

        var answer = await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 3);

        Assert.Equal([$"group Guild {word}", $"object {word}_slot", $"player {word}-rider"], SearchNode.HitsOf(answer).Order(StringComparer.Ordinal));
        var hits = answer.GetProperty("hits").EnumerateArray().ToDictionary(static hit => hit.GetProperty("kind").GetString()!);
        Assert.Equal(player.UserId.ToString(), hits["player"].GetProperty("id").GetString());
        Assert.Equal($"saves/{word}_slot/{player.UserId}", hits["object"].GetProperty("id").GetString());
        Assert.Equal($"saves, {player.UserId}", hits["object"].GetProperty("subtitle").GetString());
        Assert.Equal(["player", "group", "object"], answer.GetProperty("kinds").EnumerateArray().Select(static kind => kind.GetString()!));
        Assert.True(SearchNode.RowsOf(answer) >= 3);
    }

    [Fact]
    public async Task A_word_of_a_value_is_found_from_its_beginning_and_shown_where_it_stands()
    {
        var word = Unique.Name("w");
        await node.WriteAsync(await node.Server.AuthenticateAsync(), "notes", Unique.Name("k"), $$"""{"text": "the lost {{word}} of the king", "size": 3}""");

        var answer = await node.UntilAsync(word[..^2], static answer => SearchNode.HitsOf(answer).Length == 1);

        var fragments = answer.GetProperty("hits")[0].GetProperty("highlight").EnumerateArray().ToArray();
        var match = fragments.Single(static fragment => fragment.GetProperty("is_match").GetBoolean());
        Assert.Equal(word, match.GetProperty("text").GetString());
        Assert.Contains("text: the lost ", string.Concat(fragments.Select(static fragment => fragment.GetProperty("text").GetString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elodie dragonslayer")]
    [InlineData("ÉLODIE")]
    [InlineData("dragonslayr")]
    [InlineData("slay")]
    [InlineData("elodie 77")]
    public async Task A_display_name_is_found_without_case_and_accents_by_its_parts_and_with_a_typing_error(string typed)
    {
        var tail = Unique.Name("x");
        var player = await node.Server.AuthenticateAsync();
        (await node.Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = $"Élodie DragonSlayer 77 {tail}" })).Ok();

        await node.UntilAsync($"{typed} {tail}", answer => SearchNode.HitsOf(answer).Contains($"player {player.Username}"));
    }

    [Fact]
    public async Task Email_and_device_find_a_player_at_once()
    {
        var email = Unique.Email();
        var player = await node.Server.AuthenticateAsync();
        (await node.Server.AsAsync(player.Token, "POST /v2/account/link/email", new { email, password = "correct horse" })).Ok();

        Assert.Equal([$"player {player.Username}"], SearchNode.HitsOf(await node.SearchAsync(email)));
        Assert.Equal([$"player {player.Username}"], SearchNode.HitsOf(await node.SearchAsync(player.DeviceId)));
        Assert.Equal([$"player {player.Username}"], SearchNode.HitsOf(await node.SearchAsync(player.UserId.ToString(), "&kinds=player")));
        await node.UntilAsync(email[..8], answer => SearchNode.HitsOf(answer).Contains($"player {player.Username}"));
    }

    [Fact]
    public async Task A_change_is_followed_and_the_age_says_how_far()
    {
        var (before, after) = (Unique.Name("before"), Unique.Name("after"));
        var player = await node.Server.AuthenticateAsync();
        (await node.Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = before })).Ok();
        await node.UntilAsync(before, static answer => SearchNode.HitsOf(answer).Length == 1);

        (await node.Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = after })).Ok();

        Assert.Empty(SearchNode.HitsOf(await node.SearchAsync(before)));
        await node.UntilAsync(after, static answer => SearchNode.HitsOf(answer).Length == 1 && SearchNode.AgeOf(answer) <= 10_000);
    }

    [Fact]
    public async Task What_is_deleted_is_not_shown_from_then_on_and_leaves_the_index()
    {
        var word = Unique.Name("w");
        var player = await node.Server.AuthenticateAsync($"{word}-p");
        await node.WriteAsync(player, "saves", $"{word}_o", "{}");
        await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 2);

        (await node.Server.AsAsync(player.Token, "PUT /v2/storage/delete", new { object_ids = new[] { new { collection = "saves", key = $"{word}_o" } } })).Ok();
        Assert.Equal([$"player {word}-p"], SearchNode.HitsOf(await node.SearchAsync(word)));

        Assert.Equal(HttpStatusCode.OK, (await node.Admin.DeleteAsync($"/v2/console/account/{player.UserId}")).Status);
        Assert.Empty(SearchNode.HitsOf(await node.SearchAsync(word)));
    }

    [Fact]
    public async Task An_operator_finds_only_the_kinds_that_he_may_read()
    {
        var word = Unique.Name("w");
        var player = await node.Server.AuthenticateAsync($"{word}-p");
        (await node.Server.AsAsync(player.Token, "POST /v2/group", new { name = $"{word}-g" })).Ok();
        await node.WriteAsync(player, "saves", $"{word}-o", "{}");
        await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 3);

        foreach (var (resource, hit) in new[] { ("ACCOUNT", $"player {word}-p"), ("GROUP", $"group {word}-g"), ("STORAGE_DATA", $"object {word}-o") })
        {
            using var reader = await OperatorAsync(resource);
            Assert.Equal([hit], SearchNode.HitsOf(await SearchNode.SearchAsync(reader, word)));
            Assert.Equal([hit], SearchNode.HitsOf(await SearchNode.SearchAsync(reader, word, "&kinds=player&kinds=group&kinds=object")));
        }

        using var stranger = await OperatorAsync("AUDIT_LOG");
        var answer = await SearchNode.SearchAsync(stranger, $"{word}-p");
        Assert.Empty(SearchNode.HitsOf(answer));
        Assert.Equal(0, answer.GetProperty("kinds").GetArrayLength());
    }

    [Fact]
    public async Task Pages_lead_through_all_hits_once()
    {
        var word = Unique.Name("w");
        var player = await node.Server.AuthenticateAsync();
        for (var i = 0; i < 25; i++) await node.WriteAsync(player, "pages", $"{word} {i}", "{}");
        await node.UntilAsync(word, static answer => SearchNode.HitsOf(answer).Length == 25);

        var (found, cursor, pages) = (new List<string>(), "", 0);
        do
        {
            var page = await node.SearchAsync(word, $"&limit=10&kinds=object{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            found.AddRange(SearchNode.HitsOf(page));
            cursor = page.GetProperty("next_cursor").GetString()!;
            pages++;
        }
        while (cursor.Length > 0);

        Assert.Equal(3, pages);
        Assert.Equal(25, found.Count);
        Assert.Equal(25, found.Distinct().Count());
    }

    [Fact]
    public async Task Whatever_is_typed_is_only_text()
    {
        await node.FilledAsync();
        foreach (var typed in HostileTexts()) Assert.Equal(JsonValueKind.Array, (await node.SearchAsync(typed)).GetProperty("hits").ValueKind);

        Assert.Equal("A filter is too long.", await RefusalAsync($"text={new string('a', 257)}"));
        Assert.Equal("Kind must be player, group or object.", await RefusalAsync("text=a&kinds=wallet"));
        Assert.Equal("Limit must be between 1 and 100.", await RefusalAsync("text=a&limit=101"));
        Assert.Equal("Cursor is invalid.", await RefusalAsync("text=a&cursor=here"));
    }

    private static IEnumerable<string> HostileTexts() =>
    [
        "*", "?", "\"", "a AND", "name:*", "[a TO z]", "(((((", "\\", "'; DROP TABLE users; --", "%", "%%%_%", "a~2", "/.*/", "\u0000", "\u0001\u0002",
        "\uFFFE", "<script>", "🦊🦊", "e\u0301\u0301\u0301\u0301", "\u202Eabc", new string('a', 256), string.Join(' ', Enumerable.Repeat("ab", 85)),
        string.Concat(Enumerable.Repeat("𝔘", 128)), "日本語の名前", "ﷺﷺﷺﷺ",
    ];

    private async Task<string> RefusalAsync(string query)
    {
        var (status, body) = await node.Admin.GetAsync($"/v2/console/live/search?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return body.GetProperty("message").GetString()!;
    }

    private async Task<ConsoleCaller> OperatorAsync(string resource) =>
        (await ConsoleCaller.CreateAsync(node.Server, $$$"""{"acl": {"{{{resource}}}": {"read": true} } }""")).Caller;
}
