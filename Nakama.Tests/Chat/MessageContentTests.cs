using Nakama.Server.Chat;

namespace Nakama.Tests.Chat;

/// <summary>What may be said.</summary>
public sealed class MessageContentTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" \t\r\n{\"a\":[1,2,{\"b\":null}]} \n")]
    [InlineData("{\"a\":1,\"a\":2}")]
    public void Objects_are_accepted(string content) => Assert.True(MessageContent.IsJsonObject(content));

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
    public void Anything_else_is_refused(string content) => Assert.False(MessageContent.IsJsonObject(content));

    [Fact]
    public void Depth_and_length_are_limited_by_the_message_alone()
    {
        Assert.True(MessageContent.IsJsonObject("{\"a\":" + new string('[', 2000) + new string(']', 2000) + "}"));
        Assert.True(MessageContent.IsJsonObject("{\"a\":\"" + new string('ä', 100_000) + "\"}"));
    }
}
