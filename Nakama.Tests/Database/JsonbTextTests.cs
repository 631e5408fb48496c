using Nakama.Server.Database;

namespace Nakama.Tests.Database;

/// <summary>What may go into a column of JSON.</summary>
public sealed class JsonbTextTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" \t\r\n{\"a\":[1,2,{\"b\":null}]} \n")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void Objects_are_accepted(string content) => Assert.True(JsonbText.IsObject(content));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"{}\"")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{/* a */}")]
    public void Anything_else_is_refused(string content) => Assert.False(JsonbText.IsObject(content));

    [Fact]
    public void Depth_and_length_are_limited_by_the_message_alone()
    {
        Assert.True(JsonbText.IsObject("{\"a\":" + new string('[', 2000) + new string(']', 2000) + "}"));
        Assert.True(JsonbText.IsObject("{\"a\":\"" + new string('ä', 100_000) + "\"}"));
    }

    [Theory]
    [InlineData("1e131000")]
    [InlineData("1e-131000")]
    [InlineData("1e309")]
    [InlineData("-10e308")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1E+400")]
    public void A_number_beyond_a_double_is_refused_wherever_it_stands(string number)
    {
        Assert.False(JsonbText.IsObject($$"""{"a":{{number}}}"""));
        Assert.False(JsonbText.IsObject($$"""{"a":[{"b":[1,{{number}}]}]}"""));
        Assert.True(JsonbText.HasUnstorableNumber($$"""[{{number}}]"""));
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-4.9e-324")]
    [InlineData("0")]
    [InlineData("123456789012345678901234567890.123456789")]
    [InlineData("1E+5")]
    public void A_number_that_a_double_can_hold_is_accepted(string number)
    {
        Assert.True(JsonbText.IsObject($$"""{"a":{{number}}}"""));
        Assert.False(JsonbText.HasUnstorableNumber(number));
    }

    [Fact]
    public void A_number_with_too_many_digits_is_refused()
    {
        Assert.True(JsonbText.IsObject($$"""{"a":{{new string('9', 400)}}}"""));
        Assert.False(JsonbText.IsObject($$"""{"a":{{new string('9', 401)}}}"""));
    }

    [Fact]
    public void Exponents_inside_texts_are_only_texts() => Assert.True(JsonbText.IsObject("""{"1e131000":"1e131000"}"""));
}
