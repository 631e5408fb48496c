using Nakama.Tests.TestHost;

namespace Nakama.Tests.Runtime;

/// <summary>Leaderboards, tournaments and their records, as modules use them.</summary>
public sealed class Boards(CodeServer code) : IClassFixture<CodeServer>
{
    private static readonly string[] Owners = [.. Enumerable.Range(0, 5).Select(static i => $"00000000-0000-4000-8000-00000000000{i}")];

    [Fact]
    public async Task A_leaderboard_is_made_once_found_and_deleted()
    {
        var id = Unique.Name();

        Assert.Equal($$"""["{{id}}",true,"increment","0",{"k":1},true,true,0]""", await code.RunAsync($$"""
            nk.leaderboard_create("{{id}}", true, "asc", "incr", "0 0 * * *", { k = 1 }, true)
            nk.leaderboard_create("{{id}}", false, "desc", "set")
            local b = nk.leaderboards_get_id({ "{{id}}", "none{{id}}" })[1]
            nk.leaderboard_delete("{{id}}")
            return { b.id, b.authoritative, b.operator, b.sort_order, b.metadata, b.next_reset > b[""], b.prev_reset == nil, #nk.leaderboards_get_id({ "{{id}}" }) }
            """));
    }

    [Fact]
    public async Task Leaderboards_are_listed_in_pages()
    {
        var id = Unique.Name();
        Assert.Equal("true", await code.RunAsync($$"""
            for i = 1, 3 do nk.leaderboard_create("{{id}}" .. i) end
            local found, cursor = {}, nil
            repeat
              local page
              page, cursor = nk.leaderboard_list(2, cursor)
              for _, b in ipairs(page) do found[b.id] = true end
            until cursor == nil
            return found["{{id}}1"] and found["{{id}}2"] and found["{{id}}3"]
            """));
    }

    [Fact]
    public async Task Records_are_written_listed_and_deleted()
    {
        var id = await BoardAsync("leaderboard_create('ID', false, 'desc', 'best', nil, nil, true)");

        Assert.Equal("""[5,2,"p",{"a":1},1]""", await code.RunAsync(
            $$"""local r = nk.leaderboard_record_write("{{id}}", "{{Owners[0]}}", "p", 5, 2, { a = 1 }) return { r.score, r.subscore, r.username, r.metadata, r.rank }"""));
        Assert.Equal("[5,3,8,4]", await code.RunAsync($$"""
            local function write(score, operator) return nk.leaderboard_record_write("{{id}}", "{{Owners[0]}}", nil, score, 0, nil, operator).score end
            return { write(1), write(3, "set"), write(5, "incr"), write(4, "decr") }
            """));
        Assert.Equal("""[2,1,true,false,5,5]""", await code.RunAsync($$"""
            for i = 1, 4 do nk.leaderboard_record_write("{{id}}", "00000000-0000-4000-8000-00000000000" .. i, "p" .. i, 10 * i) end
            local records, owned, nxt, prev, count = nk.leaderboard_records_list("{{id}}", { "{{Owners[0]}}" }, 2)
            return { #records, #owned, nxt ~= nil, prev ~= nil, count, owned[1].rank }
            """));
        Assert.Equal("[1,0,1,0,30]", await code.RunAsync($$"""
            local only = { nk.leaderboard_records_list("{{id}}", {}) }
            local records, owned = nk.leaderboard_records_list("{{id}}", { "{{Owners[2]}}" })
            local cursor = nk.leaderboard_records_list_cursor_from_rank("{{id}}", 2)
            return { #only, #only[1], #owned, #records, nk.leaderboard_records_list("{{id}}", nil, 1, cursor)[1].score }
            """));
        Assert.Equal("""[30,20,10,true,5,4]""", await code.RunAsync($$"""
            local around, nxt, prev, count = nk.leaderboard_records_haystack("{{id}}", "{{Owners[2]}}", 3)
            nk.leaderboard_record_delete("{{id}}", "{{Owners[0]}}")
            local _, _, _, _, left = nk.leaderboard_records_list("{{id}}", nil, 1)
            return { around[1].score, around[2].score, around[3].score, prev ~= nil, count, left }
            """));
        Assert.Equal("0", await code.RunAsync($$"""
            nk.leaderboard_ranks_disable("{{id}}")
            local _, owned = nk.leaderboard_records_list("{{id}}", { "{{Owners[1]}}" })
            return owned[1].rank
            """));
    }

    [Theory]
    [InlineData("leaderboard_create('')", "bad argument #1 to leaderboard_create (expects a leaderboard ID string)")]
    [InlineData("leaderboard_create('x', false, 'up')", "bad argument #3 to leaderboard_create (expects sort order to be 'asc' or 'desc')")]
    [InlineData("leaderboard_create('x', false, 'asc', 'most')", "bad argument #4 to leaderboard_create (expects operator to be 'best', 'set', 'decr' or 'incr')")]
    [InlineData("leaderboard_create('x', false, 'asc', 'best', 'never')", "bad argument #5 to leaderboard_create (expects reset schedule to be a valid CRON expression)")]
    [InlineData("leaderboard_list(0)", "bad argument #1 to leaderboard_list (limit must be 1-100)")]
    [InlineData("leaderboard_list(1, 'x')", "bad argument #2 to leaderboard_list (expects cursor to be valid when provided)")]
    [InlineData("leaderboard_ranks_disable('none')", "error disabling leaderboard ranks: leaderboard not found")]
    [InlineData("leaderboard_record_write('none', OWNER, 'u', 1)", "error writing leaderboard record: leaderboard not found")]
    [InlineData("leaderboard_record_write('none', 'x', 'u', 1)", "bad argument #2 to leaderboard_record_write (expects owner ID to be a valid identifier)")]
    [InlineData("leaderboard_record_write('none', OWNER, 'u', -1)", "bad argument #4 to leaderboard_record_write (expects score to be >= 0)")]
    [InlineData("leaderboard_record_write('none', OWNER, 'u', 1, 0, nil, 'SET')", "bad argument #7 to leaderboard_record_write (invalid operator)")]
    [InlineData("leaderboard_record_delete('none', OWNER)", "error deleting leaderboard record: leaderboard not found")]
    [InlineData("leaderboard_records_list('none')", "error listing leaderboard records: leaderboard not found")]
    [InlineData("leaderboard_records_list('none', nil, 10001)", "bad argument #3 to leaderboard_records_list (expects limit to be 0-10000)")]
    [InlineData("leaderboard_records_list_cursor_from_rank('none', 0)", "bad argument #2 to leaderboard_records_list_cursor_from_rank (invalid rank - must be > 1)")]
    [InlineData("leaderboard_records_list_cursor_from_rank('none', 2)", "failed to get cursor from rank: leaderboard not found")]
    [InlineData("leaderboard_records_haystack('none', OWNER)", "error listing leaderboard records haystack: leaderboard not found")]
    [InlineData("tournament_create('x')", "bad argument #5 to tournament_create (duration must be > 0)")]
    [InlineData("tournament_create('x', true, 'asc', 'best', 60, nil, nil, nil, nil, 128)", "bad argument #10 to tournament_create (category must be 0-127)")]
    [InlineData("tournament_create('x', true, 'asc', 'best', 60, nil, nil, nil, nil, 0, -1)", "bad argument #11 to tournament_create (startTime must be >= 0.)")]
    [InlineData("tournament_create('x', true, 'asc', 'best', 60, nil, nil, nil, nil, 0, 9, 8)", "bad argument #12 to tournament_create (endTime must be > startTime. Use 0 to indicate a tournament that never ends.)")]
    [InlineData("tournament_create('x', true, 'asc', 'best', 60, nil, nil, nil, nil, 0, 0, 0, -1)", "bad argument #13 to tournament_create (maxSize must be >= 0)")]
    [InlineData("tournament_create('x', true, 'asc', 'best', 60, nil, nil, nil, nil, 0, 0, 0, 0, -1)", "bad argument #14 to tournament_create (maxNumScore must be >= 0)")]
    [InlineData("tournament_add_attempt('none', OWNER, 0)", "bad argument #3 to tournament_add_attempt (expects an attempt count number != 0)")]
    [InlineData("tournament_add_attempt('none', OWNER, 1)", "error adding tournament attempts: tournament not found")]
    [InlineData("tournament_join('none', OWNER, 'u')", "error joining tournament: tournament not found")]
    [InlineData("tournament_record_write('none', OWNER)", "error writing tournament record: tournament not found")]
    [InlineData("tournament_record_write('none', OWNER, 'u', 1, 1, nil, 'most')", "bad argument #7 to tournament_record_write (invalid operator)")]
    [InlineData("tournament_records_list('none')", "error listing tournament records: tournament not found")]
    [InlineData("tournament_records_haystack('none', OWNER)", "error listing tournament records haystack: tournament not found")]
    [InlineData("tournament_record_delete('none', OWNER)", "error deleting tournament record: tournament not found")]
    [InlineData("tournament_ranks_disable('none')", "error disabling tournament ranks: tournament not found")]
    [InlineData("tournament_list(0, 128)", "bad argument #2 to tournament_list (categoryEnd must be 0-127)")]
    [InlineData("tournament_list(0, 1, -2, 0)", "bad argument #3 to tournament_list (startTime must be >= -1)")]
    [InlineData("tournament_list(0, 1, 0, 0, 10, 'x y')", "bad argument #6 to tournament_list (expects cursor to be valid when provided)")]
    public async Task What_is_wrong_is_told(string call, string message) =>
        Assert.Equal(message, await code.FailAsync("return nk." + call.Replace("OWNER", $"'{Owners[0]}'", StringComparison.Ordinal)));

    [Fact]
    public async Task A_bad_cursor_is_told_of_records()
    {
        var id = await BoardAsync("leaderboard_create('ID')");

        Assert.Equal("error listing leaderboard records: leaderboard cursor invalid", await code.FailAsync($"return nk.leaderboard_records_list('{id}', nil, 1, 'x')"));
    }

    [Fact]
    public async Task A_tournament_takes_who_joins_as_often_as_it_may()
    {
        var id = await BoardAsync("tournament_create('ID', true, 'desc', 'incr', 3600, nil, { k = 1 }, 'Title', 'About', 7, nil, nil, 2, 1, true, true)");

        Assert.Equal($$"""["{{id}}","Title","About",7,"1",2,1,3600,true,{"k":1},"increment",0]""", await code.RunAsync($$"""
            local t = nk.tournaments_get_id({ "{{id}}", "none{{id}}" })[1]
            return { t.id, t.title, t.description, t.category, t.sort_order, t.max_size, t.max_num_score, t.duration, t.can_enter, t.metadata, t.operator, t.size }
            """));
        Assert.Equal("error writing tournament record: required to join before writing tournament record", await code.FailAsync($"return nk.tournament_record_write('{id}', '{Owners[0]}', 'a', 1)"));
        Assert.Equal("[5,1]", await code.RunAsync($$"""
            nk.tournament_join("{{id}}", "{{Owners[0]}}", "a")
            nk.tournament_join("{{id}}", "{{Owners[1]}}", "b")
            local r = nk.tournament_record_write("{{id}}", "{{Owners[0]}}", "a", 5)
            return { r.score, r.rank }
            """));
        Assert.Equal("error joining tournament: tournament max size reached", await code.FailAsync($"return nk.tournament_join('{id}', '{Owners[2]}', 'c')"));
        Assert.Equal("[5,1]", await code.RunAsync($"local r = nk.tournament_record_write('{id}', '{Owners[0]}', 'a', 1) return {{ r.score, r.num_score }}"));
        Assert.Equal("[8,2,2,1,2]", await code.RunAsync($$"""
            nk.tournament_add_attempt("{{id}}", "{{Owners[0]}}", 1)
            local r = nk.tournament_record_write("{{id}}", "{{Owners[0]}}", "a", 3, 0, nil, "INCREMENT")
            local records, owned = nk.tournament_records_list("{{id}}", { "{{Owners[1]}}" }, 10)
            return { r.score, r.num_score, #records, #owned, #nk.tournament_records_haystack("{{id}}", "{{Owners[0]}}") }
            """));
        Assert.Equal("[1,0]", await code.RunAsync($$"""
            nk.tournament_record_delete("{{id}}", "{{Owners[1]}}")
            local size = nk.tournaments_get_id({ "{{id}}" })[1].size
            nk.tournament_ranks_disable("{{id}}")
            nk.tournament_delete("{{id}}")
            return { size, #nk.tournaments_get_id({ "{{id}}" }) }
            """));
    }

    [Fact]
    public async Task Tournaments_are_listed_by_category_and_time()
    {
        var id = Unique.Name();
        Assert.Equal("""[1,true,1]""", await code.RunAsync($$"""
            for i = 1, 2 do nk.tournament_create("{{id}}" .. i, true, "desc", "best", 60, nil, nil, nil, nil, 99) end
            local page, cursor = nk.tournament_list(99, 99, 0, 0, 1)
            return { #page, cursor ~= nil, #nk.tournament_list(99, 99, nil, nil, 1, cursor) }
            """));
    }

    private async Task<string> BoardAsync(string call)
    {
        var id = Unique.Name();
        await code.RunAsync($"nk.{call.Replace("ID", id, StringComparison.Ordinal)} return true");
        return id;
    }
}
