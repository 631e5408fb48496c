using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Search.Text;

namespace Nakama.Tests.Search;

public sealed class TermsOfTexts
{
    [Theory]
    [InlineData("DragonSlayer77", "dragonslayer77 dragon slayer 77")]
    [InlineData("save_slot-1", "save slot 1")]
    [InlineData("Élodie ÀÇ", "elodie ac")]
    [InlineData("ＷＩＤＥ", "wide")]
    [InlineData("日本go", "日 本 go")]
    [InlineData("  ...  ", "")]
    public void A_text_has_its_words_and_their_parts(string text, string terms)
    {
        var found = new List<string>();
        TextTerms.Add(text, 100, found);
        Assert.Equal(terms, string.Join(' ', found));
    }

    [Fact]
    public void Folding_a_text_again_changes_nothing() => Prop.ForAll<NonNull<string>>(static text =>
    {
        var folded = TextTerms.Fold(text.Get, int.MaxValue);
        return TextTerms.Fold(folded, int.MaxValue) == folded;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("""{"name": "Anna", "size": 3, "tags": ["a\nb", true, null]}""", "name: Anna; size: 3; tags: a\nb; true")]
    [InlineData("""{"name": "Anna", "cut off": "in the mid""", "name: Anna; cut off:")]
    [InlineData("not json", "")]
    [InlineData("", "")]
    public void Json_becomes_a_readable_text_even_when_it_is_cut_off(string json, string text) => Assert.Equal(text, JsonWords.Of(json));

    [Fact]
    public void A_hit_shows_the_words_that_match_with_some_text_around_them()
    {
        var body = $"{new string('a', 100)} the lost sword of the king {new string('b', 300)}";
        var row = new TextRow("1", DateTime.UnixEpoch, "title", "", ["title"], ["1"], body);

        var fragments = TextHighlight.Of(row, new TextQuery("sword kin"));

        Assert.Equal(["sword", "king"], fragments.Where(static fragment => fragment.IsMatch).Select(static fragment => fragment.Text));
        Assert.InRange(fragments.Sum(static fragment => fragment.Text.Length), 60, 170);
        Assert.Equal(("…", "…"), (fragments[0].Text, fragments[^1].Text));
        Assert.Empty(TextHighlight.Of(row, new TextQuery("title")));
    }

    [Fact]
    public void An_id_that_was_typed_is_shown_where_the_title_does_not_show_it()
    {
        var row = new TextRow("1", DateTime.UnixEpoch, "anna", "", ["anna"], ["1", "anna@example.com"], "");

        Assert.Equal([new TextFragment("anna@example.com", true)], TextHighlight.Of(row, new TextQuery("anna@ex")));
    }

    [Fact]
    public void The_highlight_of_any_text_is_a_bounded_part_of_it() => Prop.ForAll<NonNull<string>, NonNull<string>>(static (body, typed) =>
    {
        var row = new TextRow("1", DateTime.UnixEpoch, "", "", [], [], body.Get);
        var shown = string.Concat(TextHighlight.Of(row, new TextQuery(typed.Get)).Where(static fragment => fragment.Text != "…").Select(static fragment => fragment.Text));
        return shown.Length <= 400 && body.Get.Contains(shown, StringComparison.Ordinal);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
}
