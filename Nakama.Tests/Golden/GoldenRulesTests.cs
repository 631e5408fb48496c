namespace Nakama.Tests.Golden;

/// <summary>The comparison itself: it ignores what differs from run to run and nothing else.</summary>
public sealed class GoldenRulesTests
{
    private readonly OrderedDictionary<string, object?> _variables = new() { ["name"] = "r0123456789" };

    [Theory]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":1}""", """{"a":true}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":null}""", "{}", false)]
    [InlineData("""[1,2]""", "[2,1]", false)]
    [InlineData("""{"a":1,"b":[]}""", """{"b":[],"a":1}""", true)]
    public void Values_are_alike_or_not(string expected, string actual, bool areAlike) =>
        Assert.Equal(areAlike, !Difference.Between(Json.Parse(expected), Json.Parse(actual)).Any());

    [Fact]
    public void Only_the_sentence_of_an_error_is_left_out()
    {
        var error = Json.Parse("""{"code":5,"message":"x","details":[]}""");
        var message = Json.Parse("""{"message":"x"}""");

        Assert.Equal("""{"code": 5, "message": "<text>", "details": []}""", Json.Write(Difference.WithoutTexts(error)));
        Assert.Equal("""{"message": "x"}""", Json.Write(Difference.WithoutTexts(message)));
    }

    [Theory]
    [InlineData("\"8f1e1c1e-1111-4111-8111-000000000001\"", "\"<uuid:1>\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"", "\"<uuid:0>\"")]
    [InlineData("\"2.8f1e1c1e-1111-4111-8111-000000000001.node-1\"", "\"2.<uuid:1>.<node>\"")]
    [InlineData("\"2024-01-02T03:04:05Z\"", "\"<time>\"")]
    [InlineData("1700000000", "\"<epoch>\"")]
    [InlineData("\"0000000012\"", "\"12\"")]
    [InlineData("\"hello r0123456789\"", "\"hello <var:name>\"")]
    [InlineData("""{"cursor":"abc"}""", """{"cursor": "<cursor>"}""")]
    [InlineData("""{"data":"aGk="}""", """{"data": {"<base64>": "hi"}}""")]
    [InlineData("\"{\\\"b\\\":1}\"", """{"<json>": {"b": 1}}""")]
    [InlineData("""{"b":"8f1e1c1e-1111-4111-8111-000000000001","a":"8f1e1c1e-1111-4111-8111-000000000002"}""", """{"a": "<uuid:1>", "b": "<uuid:2>"}""")]
    public void What_differs_from_run_to_run_becomes_a_word(string value, string normal) =>
        Assert.Equal(normal, Json.Write(new Normaliser(_variables).Normalise(Json.Parse(value))));
}
