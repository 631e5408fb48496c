using FsCheck;
using FsCheck.Fluent;
using Nakama.Server.Chat;
using Nakama.Server.Presence;

namespace Nakama.Tests.Chat;

/// <summary>The names of channels.</summary>
public sealed class ChannelIdTests
{
    private const string Anna = "11111111-1111-4111-8111-111111111111";
    private const string Ben = "22222222-2222-4222-8222-222222222222";

    [Fact]
    public void Every_room_name_of_allowed_length_survives_the_round_trip()
    {
        var names = ArbMap.Default.ArbFor<NonEmptyString>().Filter(name => ChannelId.IsLabel(name.Get));
        Prop.ForAll(names, name =>
            ChannelId.TryParse(ChannelId.Room(name.Get).Text, out var parsed) && parsed == ChannelId.Room(name.Get)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_group_and_every_pair_of_users_survives_the_round_trip()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<Guid>(), ArbMap.Default.ArbFor<Guid>(), (one, two) =>
            ChannelId.TryParse(ChannelId.Group(one).Text, out var group) && group == ChannelId.Group(one)
            && ChannelId.TryParse(ChannelId.Direct(one, two).Text, out var direct) && direct == ChannelId.Direct(two, one)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_makes_the_parser_fail_in_another_way_than_by_saying_no()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            !ChannelId.TryParse(text.Get, out var channel) || channel.Stream.Mode is >= StreamMode.Room and <= StreamMode.DirectMessage)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("2...lobby", StreamMode.Room)]
    [InlineData("2...a.b.c", StreamMode.Room)]
    [InlineData("3." + Anna + "..", StreamMode.Group)]
    [InlineData("3...", StreamMode.Group)]
    [InlineData("4." + Anna + "." + Ben + ".", StreamMode.DirectMessage)]
    [InlineData("4." + Ben + "." + Anna + ".", StreamMode.DirectMessage)]
    public void Known_forms_are_understood(string text, byte mode)
    {
        Assert.True(ChannelId.TryParse(text, out var channel));
        Assert.Equal(mode, channel.Stream.Mode);
        Assert.Equal(text, channel.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2..lobby")]
    [InlineData("2...")]
    [InlineData("2.x..lobby")]
    [InlineData("2..x.lobby")]
    [InlineData("2...0123456789012345678901234567890123456789012345678901234567890123x")]
    [InlineData("2...äääääääääääääääääääääääääääääääää")]
    [InlineData("3.group..")]
    [InlineData("3." + Anna + ".x.")]
    [InlineData("3." + Anna + "..x")]
    [InlineData("4." + Anna + ".ben.")]
    [InlineData("4." + Anna + "." + Ben + ".x")]
    [InlineData("5." + Anna + "..")]
    [InlineData("02...lobby")]
    public void Other_forms_are_refused(string text) => Assert.False(ChannelId.TryParse(text, out _));

    [Fact]
    public void Ids_in_other_spellings_name_the_same_channel()
    {
        Assert.True(ChannelId.TryParse("3.{" + Anna.ToUpperInvariant() + "}..", out var channel));

        Assert.Equal(ChannelId.Group(Guid.Parse(Anna)), channel);
    }
}
