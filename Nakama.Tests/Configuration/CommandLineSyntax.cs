using System.Collections;
using Nakama.Server.Config;

namespace Nakama.Tests.Configuration;

public sealed class CommandLineSyntax
{
    [Theory]
    [InlineData("-socket.port", "1")]
    [InlineData("--socket.port", "1")]
    [InlineData("-socket.port=1")]
    [InlineData("--socket.port=1")]
    [InlineData("--socket.port=0x1")]
    [InlineData("--socket.port=+1")]
    [InlineData("--socket.port", "7", "--socket.port", "1")]
    public void A_number_may_be_written_in_every_form_of_the_reference(params string[] args) =>
        Assert.Equal(1, Read(args).Socket.Port);

    [Theory]
    [InlineData(true, "--session.single_socket")]
    [InlineData(true, "--session.single_socket=T")]
    [InlineData(false, "--session.single_socket", "--session.single_socket=false")]
    [InlineData(false, "--session.single_socket=0")]
    public void A_switch_has_its_value_behind_an_equals_sign(bool expected, params string[] args) =>
        Assert.Equal(expected, Read(args).Session.SingleSocket);

    [Fact]
    public void The_first_word_that_is_no_flag_ends_the_reading()
    {
        var options = Read("--session.single_socket", "false", "--socket.port", "1", "--nonsense");

        Assert.True(options.Session.SingleSocket);
        Assert.Equal(7350, options.Socket.Port);
    }

    [Theory]
    [InlineData("--")]
    [InlineData("-")]
    [InlineData("")]
    public void So_does_a_lone_dash(string word) => Assert.Equal(7350, Read(word, "--socket.port", "1").Socket.Port);

    [Fact]
    public void A_value_may_be_empty_or_look_like_a_flag()
    {
        var options = Read("--metrics.prefix=", "--socket.server_key", "--x=y");

        Assert.Equal("", options.Metrics.Prefix);
        Assert.Equal("--x=y", options.Socket.ServerKey);
    }

    [Fact]
    public void Lists_add_up_and_replace_the_default() => Assert.Equal(
        ["a@b:1", "c@d:2"], Read("--database.address", "a@b:1", "--database.address", "c@d:2").Database.Address);

    [Theory]
    [InlineData("flag provided but not defined: -bogus", "--bogus", "1")]
    [InlineData("bad flag syntax: ---socket.port", "---socket.port", "1")]
    [InlineData("bad flag syntax: -=1", "-=1")]
    [InlineData("flag needs an argument: -socket.port", "--socket.port")]
    [InlineData("invalid value \"many\" for flag -socket.port: parse error", "--socket.port", "many")]
    [InlineData("invalid value \"9999999999\" for flag -socket.port: value out of range", "--socket.port", "9999999999")]
    [InlineData("invalid boolean value \"maybe\" for -session.single_socket: parse error", "--session.single_socket=maybe")]
    public void What_cannot_be_read_is_named(string complaint, params string[] args) =>
        Assert.Equal(complaint, Assert.Throws<UsageException>(() => Read(args)).Complaint);

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    public void Help_is_a_question_without_a_complaint(string word) => Assert.Null(Assert.Throws<UsageException>(() => Read(word)).Complaint);

    private static NakamaOptions Read(params string[] args) => ConfigReader.Read(args, new Hashtable()).Options;
}
