using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Search.Text;

namespace Nakama.Tests.Search;

public sealed class TextIndexTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nakama-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_name_is_found_by_its_own_text()
    {
        using var index = Open();
        Prop.ForAll<NonNull<string>[]>(typed =>
        {
            string[] names = [.. typed.Select(static name => name.Get).Where(static name => !new TextQuery(name).IsEmpty && name.Length <= TextQuery.MaxLength)];
            index.Clear();
            for (var i = 0; i < names.Length; i++) index.Put("player", Row($"{i}", names[i]));
            index.Refresh();
            return names.Index().All(name =>
                Find(index, name.Item, names.Length).Contains($"{name.Index}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void A_whole_name_comes_before_its_beginning_a_word_and_a_typing_error()
    {
        using var index = Open();
        index.Put("player", Row("word", "the anna"));
        index.Put("player", Row("error", "amna"));
        index.Put("player", Row("beginning", "annabel"));
        index.Put("player", Row("whole", "Anna"));
        index.Put("player", Row("other", "berta"));
        index.Refresh();

        Assert.Equal(["whole", "beginning", "word", "error"], Find(index, "anna", 10));
    }

    [Fact]
    public void Kinds_and_ranges_limit_what_is_found()
    {
        using var index = Open();
        for (var i = 0; i < 20; i++) index.Put(i % 2 == 0 ? "player" : "group", Row($"{i}", $"name {i}"));
        index.Refresh();

        var page = index.Search(new TextQuery("name"), ["group"], 4, 3, Patience);

        Assert.Equal(3, page.Hits.Count);
        Assert.All(page.Hits, static hit => Assert.Equal("group", hit.Kind));
        Assert.True(page.HasMore);
        Assert.False(index.Search(new TextQuery("name"), ["group"], 4, 6, Patience).HasMore);
    }

    [Fact]
    public void What_is_committed_outlives_a_crash_and_the_rest_does_not()
    {
        var index = Open();
        index.Put("player", Row("1", "first"));
        index.State["place"] = "here";
        index.Commit();
        index.Put("player", Row("2", "second"));
        index.State["place"] = "there";
        index.Dispose();

        using var again = Open();

        Assert.Equal(1, again.Count);
        Assert.Equal("here", again.State["place"]);
        Assert.Equal(["1"], Find(again, "first", 10));
        Assert.Empty(Find(again, "second", 10));
    }

    [Fact]
    public void Only_one_at_a_time_has_it_open()
    {
        using (Open()) Assert.Null(TextIndex.TryOpen(_folder, TimeProvider.System));
        using var again = Open();
        Assert.Equal(0, again.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Files_that_are_cut_off_overwritten_or_missing_are_noticed(int damage)
    {
        using (var index = Open())
        {
            for (var i = 0; i < 100; i++) index.Put("player", Row($"{i}", $"name {i}"));
            index.Commit();
        }

        foreach (var file in Directory.GetFiles(_folder).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            if (damage == 0) File.WriteAllBytes(file, File.ReadAllBytes(file)[..4]);
            if (damage == 1) File.WriteAllText(file, new string('x', 100));
            if (damage == 2 && !Path.GetFileName(file).StartsWith("segments", StringComparison.Ordinal)) File.Delete(file);
        }

        Assert.Throws<TextIndexException>(() => TextIndex.TryOpen(_folder, TimeProvider.System)?.Dispose());
        TextIndex.Delete(_folder);
        using var anew = Open();
        Assert.Equal(0, anew.Count);
    }

    [Fact]
    public void Files_that_are_emptied_while_it_is_open_are_noticed_by_a_search()
    {
        using var index = Open();
        for (var i = 0; i < 100; i++) index.Put("player", Row($"{i}", $"name {i}"));
        index.Commit();
        index.Refresh();
        foreach (var path in Directory.GetFiles(_folder).Where(static path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            file.SetLength(0);
        }

        Assert.Throws<TextIndexException>(() => Find(index, "name", 100));
    }

    [Fact]
    public void A_search_ends_when_its_time_is_over()
    {
        using var index = Open();
        for (var i = 0; i < 3000; i++) index.Put("player", Row($"{i}", $"name {i}"));
        index.Refresh();

        Assert.True(index.Search(new TextQuery("name"), null, 0, 10, TimeSpan.FromTicks(-1)).IsPartial);
        Assert.False(index.Search(new TextQuery("name"), null, 0, 10, Patience).IsPartial);
    }

    private static TextRow Row(string id, string name) => new(id, DateTime.UnixEpoch, name, "", [name], [id], "");

    private static string[] Find(TextIndex index, string text, int limit) =>
        [.. index.Search(new TextQuery(text), null, 0, Math.Max(1, limit), Patience).Hits.Select(static hit => hit.Id)];

    private TextIndex Open() => TextIndex.TryOpen(_folder, TimeProvider.System)!;
}
