using System.Net;
using Nakama.Tests.Authentication;

namespace Nakama.Tests.ConsoleSearch;

/// <summary>The index of a node over its life: each test has a node of its own.</summary>
public sealed class IndexOfANode : IAsyncLifetime
{
    private readonly SearchNode _node = new();

    public Task InitializeAsync() => _node.InitializeAsync();

    public Task DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task There_is_none_until_someone_searches_and_a_restart_goes_on_with_it()
    {
        var player = await _node.Server.AuthenticateAsync();
        await _node.Admin.GetAsync("/v2/console/live/search");
        Assert.DoesNotContain(_node.Server.Log.Lines, static line => line.Text.Contains("Full-text index", StringComparison.Ordinal));

        await _node.WriteAsync(player, "saves", "slot", """{"a": "word"}""");
        await _node.UntilAsync("word", static answer => SearchNode.HitsOf(answer).Length == 1);
        Assert.NotEmpty(_node.IndexFiles);
        await _node.StopAsync();
        await _node.StartAsync();

        await _node.UntilAsync("word", static answer => SearchNode.HitsOf(answer).Length == 1);
        Assert.Contains(_node.Server.Log.Lines, static line => line.Text.EndsWith(" with 2 rows", StringComparison.Ordinal));
        await _node.WriteAsync(player, "saves", "other", """{"a": "another"}""");
        await _node.UntilAsync("another", static answer => SearchNode.HitsOf(answer).Length == 1);
    }

    [Fact]
    public async Task Damaged_files_are_replaced()
    {
        var player = await _node.Server.AuthenticateAsync();
        await _node.WriteAsync(player, "saves", "slot", """{"a": "word"}""");
        await _node.UntilAsync("word", static answer => SearchNode.HitsOf(answer).Length == 1);
        await _node.StopAsync();
        foreach (var file in _node.IndexFiles.Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal))) await File.WriteAllBytesAsync(file, [1, 2, 3, 4, 5, 6, 7, 8]);
        await _node.StartAsync();

        await _node.UntilAsync("word", static answer => SearchNode.HitsOf(answer).Length == 1);

        Assert.Contains(_node.Server.Log.Lines, static line => line.Text.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_search_that_meets_damaged_files_answers_and_has_them_deleted()
    {
        var player = await _node.Server.AuthenticateAsync("someone-here");
        for (var i = 0; i < 20; i++) await _node.WriteAsync(player, "saves", $"slot {i}", """{"a": "word"}""");
        await _node.UntilAsync("word", static answer => SearchNode.HitsOf(answer).Length == 20);

        _node.EmptyFiles();

        await _node.UntilAsync("word", static answer => SearchNode.RowsOf(answer) == 0);

        Assert.Contains(_node.Server.Log.Lines, static line => line.Text.Contains("damaged", StringComparison.Ordinal));
        Assert.Equal(["player someone-here"], SearchNode.HitsOf(await _node.SearchAsync("someone-here")));
    }

    [Fact]
    public async Task At_its_largest_size_it_takes_in_no_further_rows_and_says_so()
    {
        const int Rows = 1500;
        await _node.StopAsync();
        await _node.StartAsync(static options => options with { Console = options.Console with { SearchMaxMb = 1 } });
        var player = await _node.Server.AuthenticateAsync("someone-here");
        await _node.ExecuteAsync($$"""
            INSERT INTO storage (collection, key, user_id, value, version, create_time, update_time)
            SELECT 'many', lpad(row::text, 4, '0'), '{{player.UserId}}',
                jsonb_build_object('words', (
                    SELECT string_agg(translate(md5(row || ' ' || word), '0123456789', 'ghijklmnop'), ' ') FROM generate_series(1, 200) word)),
                '1', now() - interval '1 day', now() - interval '1 day'
            FROM generate_series(1, {{Rows}}) row
            """);

        var full = await _node.UntilAsync("nothing of this", static answer => answer.GetProperty("is_full").GetBoolean() && SearchNode.RowsOf(answer) > 1);

        Assert.True(SearchNode.IsFilling(full));
        Assert.InRange(SearchNode.RowsOf(full), 1, Rows - 1);
        await SearchNode.UntilAsync(() => _node.Server.Log.Lines.Any(static line => line.Text.Contains("largest size of 1048576 bytes", StringComparison.Ordinal)));

        // What is deleted still leaves it, which shows that the object written before was looked at.
        await _node.WriteAsync(player, "saves", "slot", """{"a": "afterwards"}""");
        (await _node.Server.AsAsync(player.Token, "PUT /v2/storage/delete", new { object_ids = new[] { new { collection = "many", key = "0001" } } })).Ok();
        await _node.UntilAsync("nothing of this", answer => SearchNode.RowsOf(answer) < SearchNode.RowsOf(full));
        Assert.Empty(SearchNode.HitsOf(await _node.SearchAsync("afterwards")));
        Assert.Equal(["player someone-here"], SearchNode.HitsOf(await _node.SearchAsync("someone-here")));
    }

    [Fact]
    public async Task Another_database_has_nothing_of_the_one_before()
    {
        await _node.Server.AuthenticateAsync("someone-here");
        await _node.UntilAsync("someone", static answer => SearchNode.HitsOf(answer).Length == 1 && !SearchNode.IsFilling(answer));
        await _node.StopAsync();
        await _node.ChangeDatabaseAsync();
        await _node.StartAsync();

        var answer = await _node.UntilAsync("someone", static answer => !SearchNode.IsFilling(answer));

        Assert.Equal(0, SearchNode.RowsOf(answer));
    }

    [Fact]
    public async Task Everything_that_an_operator_deletes_as_a_whole_leaves_it()
    {
        await _node.Server.AuthenticateAsync("someone-here");
        await _node.UntilAsync("someone", static answer => SearchNode.RowsOf(answer) == 1);

        Assert.Equal(HttpStatusCode.OK, (await _node.Admin.DeleteAsync("/v2/console/all")).Status);

        await _node.UntilAsync("nobody", static answer => SearchNode.RowsOf(answer) == 0);
    }

    [Fact]
    public async Task What_is_deleted_as_a_whole_leaves_the_files_even_if_nobody_searches()
    {
        await _node.Server.AuthenticateAsync("someone-here");
        await _node.UntilAsync("someone", static answer => SearchNode.RowsOf(answer) == 1 && !SearchNode.IsFilling(answer));
        await _node.StopAsync();
        await _node.StartAsync();
        Assert.True(_node.FilesHold("someone"));

        Assert.Equal(HttpStatusCode.OK, (await _node.Admin.DeleteAsync("/v2/console/all")).Status);

        await SearchNode.UntilAsync(() => !_node.FilesHold("someone"));
    }

    [Fact]
    public async Task Its_folder_is_for_the_user_of_the_node_only()
    {
        if (OperatingSystem.IsWindows()) return;
        await _node.FilledAsync();

        var folder = Path.GetDirectoryName(_node.IndexFiles[0])!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public async Task A_row_that_is_gone_leaves_it_once_it_is_hit()
    {
        var player = await _node.Server.AuthenticateAsync("someone-here");
        await _node.UntilAsync("someone", static answer => SearchNode.RowsOf(answer) == 1 && SearchNode.HitsOf(answer).Length == 1);
        await _node.ExecuteAsync($"DELETE FROM users WHERE id = '{player.UserId}'");

        Assert.Empty(SearchNode.HitsOf(await _node.SearchAsync("someone")));
        await _node.UntilAsync("nobody", static answer => SearchNode.RowsOf(answer) == 0);
    }

    [Fact]
    public async Task Without_one_exact_names_are_still_found()
    {
        await _node.StopAsync();
        await _node.StartAsync(static options => options with { Console = options.Console with { SearchMaxMb = 0 } });
        var player = await _node.Server.AuthenticateAsync();

        var answer = await _node.SearchAsync(player.Username);

        Assert.Equal([$"player {player.Username}"], SearchNode.HitsOf(answer));
        Assert.True(answer.GetProperty("is_off").GetBoolean());
        Assert.Empty(SearchNode.HitsOf(await _node.SearchAsync(player.Username[..^1])));
    }

    [Fact]
    public async Task Display_names_stay_out_of_it_where_they_are_not_to_be_searched()
    {
        await _node.StopAsync();
        await _node.StartAsync(static options => options with { Console = options.Console with { DisableDisplayNameSearch = true } });
        var player = await _node.Server.AuthenticateAsync("someone-here");
        (await _node.Server.AsAsync(player.Token, "PUT /v2/account", new { display_name = "Hidden Name" })).Ok();

        await _node.UntilAsync("someone", static answer => SearchNode.HitsOf(answer).Length == 1 && !SearchNode.IsFilling(answer));

        Assert.Empty(SearchNode.HitsOf(await _node.SearchAsync("hidden")));
    }
}
